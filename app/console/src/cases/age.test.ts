import { expect, test } from 'vitest'
import type { PolicyTerms } from '../api/types'
import { ageOf, restOf, type Dated } from './age'

const hour = 3_600_000
const terms = { decision_working_hours: 8, ship_back_days: 7, refund_hours: 48 } as PolicyTerms
const row = (header: Dated['header'], due_at?: number): Dated => ({ header, due_at, status: 'open', kind: 'return_refund', amount_minor: 100 })

test('past half of its limit is told by the policy of the shop', () => {
  expect(ageOf(row('settling'), 25 * hour, terms)).toBe('fresh')
  expect(ageOf(row('settling'), 24 * hour, terms)).toBe('half')
  expect(ageOf(row('awaiting_goods'), 25 * hour, terms)).toBe('half')
  expect(ageOf(row('settling'), -1, terms)).toBe('over')
})

test('without a policy the last hour is short', () => {
  expect(ageOf(row('settling'), 2 * hour, undefined)).toBe('fresh')
  expect(ageOf(row('settling'), hour, undefined)).toBe('half')
})

test('a promise that ran out has no time any more: what is still under way is over, what is done is not', () => {
  expect(ageOf(row('refund_failed'), undefined, terms)).toBe('over')
  expect(ageOf({ ...row('settled'), status: 'resolved' }, undefined, terms)).toBe('fresh')
  expect(ageOf({ ...row('rejected'), status: 'closed' }, undefined, terms)).toBe('fresh')
  expect(ageOf({ ...row('requested'), kind: 'consultation' }, undefined, terms)).toBe('fresh')
})

test('decisions and inspections count working time, parcels every hour', () => {
  const friday = Date.parse('2026-11-20T17:00:00+08:00'), monday = Date.parse('2026-11-23T10:00:00+08:00')
  expect(restOf(row('inspected', monday), 'Asia/Shanghai', friday)!.ms).toBeLessThan(4 * hour)
  expect(restOf(row('in_transit', monday), 'Asia/Shanghai', friday)!.ms).toBe(65 * hour)
  expect(restOf(row('in_transit'), 'Asia/Shanghai', friday)).toBeUndefined()
})
