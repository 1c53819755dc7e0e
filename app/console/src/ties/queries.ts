import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { answer, client } from '../api/client'
import type { CaseView, Schemas } from '../api/types'

export type Tie = Schemas['Tie']
export type Relation = NonNullable<Tie['relation']>

export function useTies(id: Ref<string>) {
  return useQuery({
    queryKey: computed(() => ['ties', id.value]),
    queryFn: () => answer(client.GET('/api/v1/cases/{case_id}/ties', { params: { path: { case_id: id.value } } })),
  })
}

/** The key of what the other case is to this one. */
export const tieKey = (tie: Tie) => (tie.relation ? `${tie.tie}_${tie.relation}` : tie.tie)
export const isMerged = (c: CaseView['case']) => !!c.closed_at && c.cause_code === 'merged'

/** Closed so long ago that the customer's word does not open it again; in days. */
export function closedFor(view: CaseView, now: number): number | undefined {
  return view.case.closed_at && view.reopens_until && now > view.reopens_until ? Math.floor((now - view.case.closed_at) / 86_400_000) : undefined
}
