import type { CaseRow } from '../api/types'

/** Cases of these kinds gather others by links. */
export const gathers = (kind: string) => kind === 'incident' || kind === 'product_defect'

/** Which cases an incident may have made: opened since, with the words in what they are about or in what was said last. */
export interface Asked { since: number; words: string }

/** Those of the rows that are open, not there yet, and what was asked for; several words must all be there. */
export function affected(rows: CaseRow[], { since, words }: Asked, there: Set<string>): CaseRow[] {
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter((row) => {
    if (row.status === 'closed' || gathers(row.kind) || there.has(row.id) || row.opened_at < since) return false
    const text = [row.topic, row.last_note, row.customer_name, row.order_number, row.number].join(' ').toLowerCase()
    return parts.every((part) => text.includes(part))
  })
}

/** A list that is newest first, page by page, until it is older than that or has so many rows. */
export async function readSince(ask: (after?: string) => Promise<{ items: CaseRow[]; next?: string }>, since: number, most = 500): Promise<CaseRow[]> {
  const rows: CaseRow[] = []
  let after: string | undefined
  do {
    const page = await ask(after)
    rows.push(...page.items)
    after = page.next
  } while (after && rows.length < most && rows.at(-1)!.opened_at >= since)
  return rows
}
