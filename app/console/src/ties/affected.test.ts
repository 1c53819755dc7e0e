import { expect, test } from 'vitest'
import type { CaseRow } from '../api/types'
import { affected, readSince } from './affected'

const row = (id: string, more: Partial<CaseRow> = {}) => ({ id, number: id, kind: 'consultation', status: 'open', opened_at: 100, topic: 'Site is down', ...more }) as CaseRow

test('what an incident may have made: open, new enough, not linked yet, with all the words', () => {
  const rows = [
    row('1'), row('2', { opened_at: 40 }), row('3', { status: 'closed' }), row('4', { kind: 'incident' }), row('5'),
    row('6', { topic: 'Colour', last_note: 'the SITE does not open, is it down?' }), row('7', { topic: 'Colour' }),
  ]
  const found = (words: string, since = 50) => affected(rows, { since, words }, new Set(['5'])).map((one) => one.id)
  expect(found('site down')).toEqual(['1', '6'])
  expect(found('')).toEqual(['1', '6', '7'])
  expect(found('down', 0)).toEqual(['1', '2', '6'])
})

test('pages are read until they are older than asked, or enough', async () => {
  const pages = [[row('1', { opened_at: 90 }), row('2', { opened_at: 80 })], [row('3', { opened_at: 60 })], [row('4', { opened_at: 10 })]]
  const ask = (after?: string) => Promise.resolve({ items: pages[Number(after ?? 0)]!, next: Number(after ?? 0) < 2 ? String(Number(after ?? 0) + 1) : undefined })
  const ids = async (since: number, most?: number) => (await readSince(ask, since, most)).map((one) => one.id)
  expect(await ids(70)).toEqual(['1', '2', '3'])
  expect(await ids(0)).toEqual(['1', '2', '3', '4'])
  expect(await ids(0, 2)).toEqual(['1', '2'])
})
