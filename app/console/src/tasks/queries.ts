import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { answer, client } from '../api/client'
import { can, session, shopFilter } from '../api/session'
import type { Schemas } from '../api/types'

export type TaskItem = Schemas['TaskItem']
export type Errand = Schemas['Errand']

/** How much one has to do besides cases, and what of one's departments is nobody's own: for the rail and its page. */
export function useTaskCount() {
  return useQuery({
    queryKey: computed(() => ['counts', 'tasks', shopFilter.value]),
    queryFn: () => answer(client.GET('/api/v1/tasks/count', { params: { query: { shop_id: shopFilter.value } } })),
    enabled: computed(() => can('read_cases')),
    refetchInterval: 60_000,
  })
}

/** Gives work to others, and takes back what anybody gave. */
export const leads = () => !!session.value?.staff.roles.some((role) => role === 'lead' || role === 'admin')
const isOpen = (errand: Errand) => errand.state === 'open'
export const mayTake = (errand: Errand) => isOpen(errand) && !!errand.department && !!session.value?.teams.includes(errand.department)
export const mayFinish = (errand: Errand) => mayTake(errand) || (isOpen(errand) && errand.owner_id === session.value?.staff.id)
export const mayDrop = (errand: Errand) => isOpen(errand) && (leads() || errand.asked_by === session.value?.staff.id)
/** An errand as a row of the list of tasks. */
export const rowOf = (errand: Errand): TaskItem => ({ ...errand, code: 'errand', errand })
