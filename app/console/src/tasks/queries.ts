import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { answer, client } from '../api/client'
import { can, shopFilter } from '../api/session'
import type { Schemas } from '../api/types'

export type TaskItem = Schemas['TaskItem']

/** How much one has to do besides cases, for rail and home. */
export function useTaskCount() {
  return useQuery({
    queryKey: computed(() => ['counts', 'tasks', shopFilter.value]),
    queryFn: () => answer(client.GET('/api/v1/tasks/count', { params: { query: { shop_id: shopFilter.value } } })),
    enabled: computed(() => can('read_cases')),
    refetchInterval: 60_000,
  })
}
