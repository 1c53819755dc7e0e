import type { CaseRow, Header } from '../api/types'
import type { CaseQuery } from './queries'
import { ranOut } from './age'
import { withOperation } from './states'

/** The columns of the returns board: the states that stand in each, and the acts that bring a case there, likeliest first. */
interface Column {
  headers: readonly Header[]
  by: readonly string[]
}
export const columns = {
  requested: { headers: ['requested', 'need_info', 'verifying'], by: ['appeal', 'give_info'] },
  awaiting_goods: { headers: ['awaiting_goods'], by: ['approve'] },
  in_transit: { headers: ['in_transit'], by: ['ship_back'] },
  arrived: { headers: ['arrived', 'part_returned'], by: ['arrive'] },
  inspected: { headers: ['inspected', 'diagnosing', 'quoted', 'repairing', 'waiting_parts', 'testing'], by: ['inspect', 'repair_step'] },
  settling: { headers: ['settling', 'waiting_payment', 'to_dispatch', 'dispatched', 'sending_back', 'refund_failed', 'refund_unknown'], by: ['accept', 'answer_check', 'agree', 'rule', 'send_back', 'resend'] },
  disputed: { headers: ['disputed'], by: ['inspect', 'carrier_lost', 'outbound_lost'] },
  rejected: { headers: ['rejected'], by: ['reject'] },
  settled: { headers: ['settled'], by: ['submit_refund', 'refund_result', 'delivered'] },
} as const satisfies Record<string, Column>
export type ColumnKey = keyof typeof columns

/** The questions whose answers fill a column. Cases without goods and money stand at `requested`, too, so that state is asked kind by kind. */
export function questions(key: ColumnKey, query: CaseQuery): CaseQuery[] {
  const { headers } = columns[key]
  const base: CaseQuery = key === 'settled' ? { ...query, sort: 'changed' } : { ...query, unfinished: true }
  return headers.flatMap((header) => (header === 'requested' && !query.kind ? withOperation.map((kind) => ({ ...base, header, kind })) : [{ ...base, header }]))
}

/** What ran out first, then the nearest promise; those without one last. */
export function byDue(a: CaseRow, b: CaseRow): number {
  const due = (row: CaseRow) => row.due_at ?? (ranOut(row) ? 0 : Infinity)
  const [one, other] = [due(a), due(b)]
  return one === other ? (a.id < b.id ? -1 : 1) : one - other
}

/** The sum in each currency; amounts of different money are not added up. */
export function sums(rows: Pick<CaseRow, 'amount_minor' | 'currency'>[]): { currency: string; minor: number }[] {
  const found = new Map<string, number>()
  for (const { amount_minor, currency = 'CNY' } of rows) if (amount_minor) found.set(currency || 'CNY', (found.get(currency || 'CNY') ?? 0) + amount_minor)
  return [...found].map(([currency, minor]) => ({ currency, minor }))
}
