import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { answer, client } from '../api/client'
import { can, shopFilter } from '../api/session'
import type { Schemas } from '../api/types'
import type { IconName } from '../ui/icons'
import type { Tone } from '../ui/tones'

export type Review = Schemas['BuyerReview']

export const looks: Record<Review['state'], [Tone, IconName]> = {
  new: ['act', 'circle-dot'],
  answered: ['done', 'check'],
  followed_up: ['move', 'inbox'],
  set_aside: ['idle', 'ban'],
}

/** How many are new and bad, for rail and tabs. */
export function useReviewCount() {
  return useQuery({
    queryKey: computed(() => ['counts', 'reviews', shopFilter.value]),
    queryFn: () => answer(client.GET('/api/v1/reviews/count', { params: { query: { shop_id: shopFilter.value } } })),
    enabled: computed(() => can('read_cases')),
    refetchInterval: 60_000,
  })
}
