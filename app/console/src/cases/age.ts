import type { CaseRow, Header, PolicyTerms } from '../api/types'
import { workDayMinutes, workingTime } from '../ui/worktime'
import { isMatter, showsHeader, workingHeaders } from './states'

export type Dated = Pick<CaseRow, 'due_at' | 'header' | 'status' | 'kind' | 'amount_minor' | 'matter'> & { shop_id?: string }
export type Age = 'fresh' | 'half' | 'over'

/** What is left of the nearest promise of a case, in working time where the promise counts working time. `day`: the minutes of a day in it. */
export function restOf(row: Dated, zone: string, now: number): { ms: number; day: number } | undefined {
  const due = row.due_at
  if (!due) return undefined
  if (!isMatter(row) && (!showsHeader(row) || !workingHeaders.includes(row.header))) return { ms: due - now, day: 1440 }
  const whose = { shop: row.shop_id, team: warehouseHeaders.includes(row.header) ? 'warehouse' : 'service' }
  return { ms: workingTime(now, due, zone, whose) || due - now, day: workDayMinutes(whose) }
}

/** States in which the warehouse owes the next step, in its own hours. */
const warehouseHeaders: readonly string[] = ['arrived', 'inspected', 'diagnosing', 'repairing', 'testing']

const hour = 3_600_000
/** How long each state may last, by the policy of its shop. */
const limits: Partial<Record<Header, (terms: PolicyTerms) => number>> = {
  requested: (terms) => terms.decision_working_hours,
  need_info: (terms) => terms.info_hours,
  awaiting_goods: (terms) => terms.ship_back_days * 24,
  in_transit: (terms) => terms.ship_back_days * 24,
  arrived: (terms) => terms.inspection_working_hours,
  inspected: (terms) => terms.inspection_working_hours,
  part_returned: (terms) => terms.refund_hours,
  disputed: (terms) => terms.dispute_working_hours,
  settling: (terms) => terms.refund_hours,
  sending_back: (terms) => terms.ship_back_days * 24,
  refund_failed: (terms) => terms.refund_hours,
  refund_unknown: (terms) => terms.refund_hours,
  rejected: (terms) => terms.appeal_days * 24,
}

/** Of cases from before promises that broke kept their time: these states always have one, so without it, it is over. */
export function ranOut(row: Dated): boolean {
  return !row.due_at && row.status !== 'resolved' && row.status !== 'closed' && showsHeader(row) && row.header in limits
}

/** Over its limit, past half of it, or fresh. While the limit is not known the last hour counts as past half. */
export function ageOf(row: Dated, rest: number | undefined, terms: PolicyTerms | undefined): Age {
  if (rest === undefined) return ranOut(row) ? 'over' : 'fresh'
  if (rest < 0) return 'over'
  const limit = terms && limits[row.header]?.(terms)
  return rest <= (limit === undefined ? hour : (limit * hour) / 2) ? 'half' : 'fresh'
}
