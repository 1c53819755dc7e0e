import { useQuery } from '@tanstack/vue-query'
import { answer, client } from './client'

/** Everybody in the house, also who left; no data for those who may not see the others. */
export function useStaff() {
  return useQuery({ queryKey: ['staff'], queryFn: () => answer(client.GET('/api/v1/staff')), staleTime: 300_000 })
}
