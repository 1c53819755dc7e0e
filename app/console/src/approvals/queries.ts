import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { answer, client } from '../api/client'
import { can, shopFilter } from '../api/session'
import type { Act, Schemas } from '../api/types'

export type Waiting = Schemas['Waiting']
export type Asked = Waiting['command']

/** How much waits for one's decision, for the rail. */
export function useApprovalCount() {
  return useQuery({
    queryKey: computed(() => ['counts', 'approvals', shopFilter.value]),
    queryFn: () => answer(client.GET('/api/v1/approvals/count', { params: { query: { shop_id: shopFilter.value } } })),
    enabled: computed(() => can('read_cases')),
    refetchInterval: 60_000,
  })
}

/** An act that somebody with more rights may do as it is can be asked of them: the service says so by the way out. */
export const askable = (act: Act) =>
  (act.command === 'approve' || act.command === 'submit_refund') && !!act.remedies?.some((way) => ['ask_lead', 'ask_a_lead', 'ask_finance'].includes(way.code))
/** Refusals of what a form sent, by the act: a lead may do what it says. */
const leadMay: Record<string, string[]> = { propose: ['over_limit', 'rounds_used_up'], request: ['return_window_passed', 'not_returnable', 'over_limit'] }
export const mayAsk = (command: string, code: string | undefined) => !!code && (leadMay[command] ?? []).includes(code)
