import type { CaseRow, Schemas } from '../api/types'
import type { CaseQuery } from './queries'

/** Lists of the same order as one. A cursor is a place in that order, so the first of them that goes on says where all go on; what stands behind that place is asked for again. */
export function oneOf(pages: Schemas['CaseList'][], sort: CaseQuery['sort'] = 'due'): Schemas['CaseList'] {
  const at = (row: CaseRow) => (sort === 'due' ? row.due_at ?? Infinity : sort === 'changed' ? -row.changed_at : -row.opened_at)
  const order = (a: CaseRow, b: CaseRow) => (at(a) === at(b) ? (a.id < b.id === (sort === 'due') ? -1 : 1) : at(a) - at(b))
  const rows = pages.flatMap((page) => page.items).sort(order)
  const [end] = pages.filter((page) => page.next && page.items.length).sort((a, b) => order(a.items.at(-1)!, b.items.at(-1)!))
  return end ? { items: rows.slice(0, rows.indexOf(end.items.at(-1)!) + 1), next: end.next } : { items: rows }
}
