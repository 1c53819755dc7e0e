import { expect, test } from 'vitest'
import type { CaseRow } from '../api/types'
import { byDue, columns, questions, sums } from './columns'
import { headers } from './states'

test('a state stands in one column at most, and what is under way stands in one', () => {
  const all = Object.values(columns).flatMap((column) => [...column.headers] as string[])
  expect(new Set(all).size).toBe(all.length)
  expect(Object.keys(headers).filter((header) => !all.includes(header))).toEqual(['none', 'closed', 'cancelled', 'expired', 'superseded'])
})

test('cases without goods are never asked for', () => {
  expect(questions('requested', {}).filter((one) => one.header === 'requested').map((one) => one.kind)).toEqual(['return_refund', 'refund_only', 'exchange', 'repair', 'reissue'])
  expect(questions('requested', { kind: 'exchange', owner: 'me' })).toEqual([
    { kind: 'exchange', owner: 'me', unfinished: true, header: 'requested' },
    { kind: 'exchange', owner: 'me', unfinished: true, header: 'need_info' },
    { kind: 'exchange', owner: 'me', unfinished: true, header: 'verifying' },
  ])
  expect(questions('settled', {})).toEqual([{ sort: 'changed', header: 'settled' }])
})

test('what ran out stands first, what waits without a time last', () => {
  const row = (id: string, due_at?: number, status = 'open') => ({ id, due_at, status, header: 'settling', kind: 'return_refund' }) as CaseRow
  expect([row('a', 9), row('b', undefined, 'resolved'), row('c'), row('d', 5)].sort(byDue).map((one) => one.id)).toEqual(['c', 'd', 'a', 'b'])
})

test('amounts of different money are not added up', () => {
  expect(sums([{ amount_minor: 100, currency: 'CNY' }, { amount_minor: 50, currency: 'JPY' }, { amount_minor: 1, currency: 'CNY' }, { amount_minor: 0, currency: 'EUR' }])).toEqual([{ currency: 'CNY', minor: 101 }, { currency: 'JPY', minor: 50 }])
})
