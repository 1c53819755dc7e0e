import type { PolicyTerms, Schemas } from '../api/types'

/** How each term of a policy is asked for. Groups in the order of the form. `maybe_…`: empty where it is not said. */
export type Unit = 'days' | 'maybe_days' | 'maybe_money' | 'hours' | 'minutes' | 'seconds' | 'working_hours' | 'money' | 'percent' | 'times' | 'severity' | 'kinds' | 'yes_no'
export interface Term {
  name: Exclude<keyof PolicyTerms, 'goods' | 'sources'>
  unit: Unit
}
export type GoodsRule = Schemas['GoodsRule']
export const groups: { key: string; terms: Term[] }[] = [
  { key: 'window', terms: [{ name: 'window_days', unit: 'days' }, { name: 'warranty_days', unit: 'days' }, { name: 'quality_return_days', unit: 'maybe_days' }, { name: 'quality_exchange_days', unit: 'maybe_days' }] },
  { key: 'money', terms: [{ name: 'auto_approve_minor', unit: 'money' }, { name: 'agent_limit_minor', unit: 'money' }, { name: 'restocking_fee_bp', unit: 'percent' }, { name: 'return_shipping_cap_minor', unit: 'money' }, { name: 'refund_original_shipping', unit: 'yes_no' }, { name: 'instant_refund', unit: 'yes_no' }, { name: 'keep_goods_limit_minor', unit: 'money' }, { name: 'compensation_limit_minor', unit: 'money' }, { name: 'compensation_budget_minor', unit: 'maybe_money' }, { name: 'reissue_cost_limit_minor', unit: 'money' }] },
  { key: 'customer', terms: [{ name: 'keep_goods_count', unit: 'times' }, { name: 'keep_goods_days', unit: 'days' }] },
  { key: 'goods', terms: [{ name: 'not_received_days', unit: 'days' }, { name: 'price_adjust_days', unit: 'days' }, { name: 'advance_exchange', unit: 'yes_no' }, { name: 'restart_window', unit: 'yes_no' }, { name: 'max_repairs', unit: 'times' }, { name: 'reserve_days', unit: 'days' }, { name: 'collect_days', unit: 'days' }] },
  { key: 'time', terms: [{ name: 'decision_working_hours', unit: 'working_hours' }, { name: 'info_hours', unit: 'hours' }, { name: 'ship_back_days', unit: 'days' }, { name: 'inspection_working_hours', unit: 'working_hours' }, { name: 'dispute_working_hours', unit: 'working_hours' }, { name: 'refund_hours', unit: 'hours' }, { name: 'appeal_days', unit: 'days' }, { name: 'max_appeals', unit: 'times' }, { name: 'quiet_hours', unit: 'hours' }, { name: 'check_working_hours', unit: 'working_hours' }, { name: 'repair_working_hours', unit: 'working_hours' }, { name: 'chat_first_reply_seconds', unit: 'seconds' }, { name: 'chat_next_reply_seconds', unit: 'seconds' }, { name: 'first_reply_minutes', unit: 'minutes' }, { name: 'next_reply_minutes', unit: 'minutes' }] },
  { key: 'closing', terms: [{ name: 'reopen_days', unit: 'days' }, { name: 'prevention_severity', unit: 'severity' }, { name: 'topic_kinds', unit: 'kinds' }] },
]
const terms = groups.flatMap((group) => group.terms)

export const mayMiss = (unit: Unit) => unit === 'maybe_days' || unit === 'maybe_money'
export const isMoney = (unit: Unit) => unit === 'money' || unit === 'maybe_money'

/** Terms of the draft that differ from the version it began with; `goods` as one. */
export function changed(before: PolicyTerms, draft: PolicyTerms): (keyof PolicyTerms)[] {
  const names: (keyof PolicyTerms)[] = [...terms.map((term) => term.name), 'goods']
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(draft[name]))
}

/** Every term said: the service leaves out what is 0, no or empty. */
export function whole(given: PolicyTerms): PolicyTerms {
  const empty = (unit: Unit) => (unit === 'yes_no' ? false : mayMiss(unit) ? undefined : unit === 'kinds' ? [] : 0)
  return { ...Object.fromEntries(terms.map(({ name, unit }) => [name, given[name] ?? empty(unit)])), goods: given.goods ?? [], sources: given.sources ?? [] } as unknown as PolicyTerms
}

/** What is wrong with a term as it stands in the form. */
export function isBad(term: Term, draft: PolicyTerms): boolean {
  const value = draft[term.name]
  if (term.unit === 'yes_no' || term.unit === 'kinds' || (mayMiss(term.unit) && value === undefined)) return false
  return !(typeof value === 'number' && Number.isInteger(value) && value >= 0)
}

/** As it is sent: a source goes with the value that it speaks of. */
export function sent(base: PolicyTerms, draft: PolicyTerms): PolicyTerms {
  const edited = new Set<string>(changed(base, draft))
  const kept = (draft.sources ?? []).filter((source) => !edited.has(source.term) || !(base.sources ?? []).some((old) => JSON.stringify(old) === JSON.stringify(source)))
  return { ...draft, sources: kept }
}
