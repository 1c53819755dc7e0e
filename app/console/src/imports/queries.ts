import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { answer, client } from '../api/client'
import { onHints } from '../api/live'
import { useStaff } from '../api/staff'
import type { ImportRun } from '../api/types'

export const works = (run: Pick<ImportRun, 'state'>) => ['previewing', 'running', 'reverting'].includes(run.state)

/** One import; while the service works on it, hints tell how far it is, and a look every two seconds in case they do not. */
export function useImport(id: string) {
  const query = useQuery({
    queryKey: ['import', id],
    queryFn: () => answer(client.GET('/api/v1/imports/{import_id}', { params: { path: { import_id: id } } })),
    refetchInterval: ({ state }) => (state.data && works(state.data) ? 2000 : false),
  })
  onHints(['import'], () => query.refetch(), { id: () => id, wait: 250 })
  return query
}

export function useSheet(id: string, enabled: Ref<boolean>) {
  return useQuery({
    queryKey: ['import', id, 'sheet'],
    queryFn: () => answer(client.GET('/api/v1/imports/{import_id}/sheet', { params: { path: { import_id: id } } })),
    enabled,
    refetchOnWindowFocus: false, // a large workbook is unpacked for each look
  })
}

/** Names of colleagues by id; empty for those this person may not see. */
export function useStaffNames() {
  const staff = useStaff()
  const names = computed(() => new Map(staff.data.value?.items.map((one) => [one.id, one.name])))
  return (id: string | undefined) => names.value.get(id ?? '') ?? ''
}
