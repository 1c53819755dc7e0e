import { expect, test } from 'vitest'
import type { CaseRow } from '../api/types'
import { oneOf } from './merged'

const row = (id: string, due_at?: number, changed_at = 0) => ({ id, due_at, changed_at }) as CaseRow
const ids = (list: { items: CaseRow[] }) => list.items.map((one) => one.id)

test('lists of several kinds stand in one order, without a time last', () => {
  const all = oneOf([{ items: [row('a', 5), row('d')] }, { items: [row('c', 5), row('b', 9)] }])
  expect([ids(all), all.next]).toEqual([['a', 'c', 'b', 'd'], undefined])
  expect(ids(oneOf([{ items: [row('a', 1, 5)] }, { items: [row('c', 1, 7), row('b', 1, 5)] }], 'changed'))).toEqual(['c', 'b', 'a'])
})

test('the list goes on at the first place where one of them does, and nothing is left out', () => {
  const kinds = [[1, 4, 6, 9], [2, 3, 5, 7, 8], [10]].map((dues) => dues.map((due) => row(`k${due}`, due)))
  const ask = (after: string) => oneOf(kinds.map((rows) => {
    const rest = rows.filter((one) => one.due_at! > Number(after))
    return { items: rest.slice(0, 2), ...(rest.length > 2 ? { next: String(rest[1]!.due_at) } : {}) }
  }))
  const found: string[] = []
  for (let after: string | undefined = '0'; after; ) {
    const page = ask(after)
    found.push(...ids(page))
    after = page.next
  }
  expect(found).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((due) => `k${due}`))
})
