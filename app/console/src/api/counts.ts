import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { answer, client } from './client'
import { can, shopFilter } from './session'

/** The service counts cases up to this, saved views up to the second. */
export const kMost = 5_000, kMostInView = 1_000
/** A number that was counted up to `most`. */
export const upTo = (n: number, most = kMost) => (n < most ? `${n}` : `${most - 1}+`)

/** Ready numbers per saved view, for rail, tabs and home. */
export function useCounts() {
  return useQuery({
    queryKey: computed(() => ['counts', shopFilter.value]),
    queryFn: () => answer(client.GET('/api/v1/cases/counts', { params: { query: { shop_id: shopFilter.value } } })),
    enabled: computed(() => can('read_cases')),
    refetchInterval: 60_000,
  })
}
