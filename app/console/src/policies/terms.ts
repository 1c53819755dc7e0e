import type { PolicyTerms } from '../api/types'

/** How each term of a policy is asked for. Groups in the order of the form. */
export type Unit = 'days' | 'hours' | 'working_hours' | 'money' | 'percent' | 'times' | 'yes_no' | 'skus'
export interface Term {
  name: keyof PolicyTerms
  unit: Unit
}
export const groups: { key: string; terms: Term[] }[] = [
  { key: 'window', terms: [{ name: 'window_days', unit: 'days' }, { name: 'warranty_days', unit: 'days' }, { name: 'excluded_skus', unit: 'skus' }] },
  { key: 'money', terms: [{ name: 'auto_approve_minor', unit: 'money' }, { name: 'agent_limit_minor', unit: 'money' }, { name: 'restocking_fee_bp', unit: 'percent' }, { name: 'return_shipping_cap_minor', unit: 'money' }, { name: 'refund_original_shipping', unit: 'yes_no' }, { name: 'instant_refund', unit: 'yes_no' }, { name: 'keep_goods_limit_minor', unit: 'money' }, { name: 'compensation_limit_minor', unit: 'money' }, { name: 'reissue_cost_limit_minor', unit: 'money' }] },
  { key: 'goods', terms: [{ name: 'not_received_days', unit: 'days' }, { name: 'price_adjust_days', unit: 'days' }, { name: 'advance_exchange', unit: 'yes_no' }, { name: 'restart_window', unit: 'yes_no' }, { name: 'max_repairs', unit: 'times' }, { name: 'reserve_days', unit: 'days' }, { name: 'collect_days', unit: 'days' }] },
  { key: 'time', terms: [{ name: 'decision_working_hours', unit: 'working_hours' }, { name: 'info_hours', unit: 'hours' }, { name: 'ship_back_days', unit: 'days' }, { name: 'inspection_working_hours', unit: 'working_hours' }, { name: 'dispute_working_hours', unit: 'working_hours' }, { name: 'refund_hours', unit: 'hours' }, { name: 'appeal_days', unit: 'days' }, { name: 'max_appeals', unit: 'times' }, { name: 'quiet_hours', unit: 'hours' }, { name: 'check_working_hours', unit: 'working_hours' }, { name: 'repair_working_hours', unit: 'working_hours' }] },
]

/** Terms of the draft that differ from the version in force. */
export function changed(before: PolicyTerms, draft: PolicyTerms): (keyof PolicyTerms)[] {
  return groups.flatMap((group) => group.terms.map((term) => term.name)).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(draft[name]))
}

/** Every term said: the service leaves out what is 0, no or empty. */
export function whole(terms: PolicyTerms): PolicyTerms {
  const empty = (unit: Unit) => (unit === 'skus' ? [] : unit === 'yes_no' ? false : 0)
  return Object.fromEntries(groups.flatMap((group) => group.terms).map(({ name, unit }) => [name, terms[name] ?? empty(unit)])) as unknown as PolicyTerms
}
