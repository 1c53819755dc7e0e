import { expect, test } from 'vitest'
import { ledgerOf } from './ledger'

const money = [
  { payment_id: 'a', captured_minor: 60_000, promised_minor: 31_027, in_flight_minor: 0, refunded_minor: 1_500 },
  { payment_id: 'b', captured_minor: 16_600, promised_minor: 14_914, in_flight_minor: 500, refunded_minor: 0 },
]

test('the parts add up to what was paid', () => {
  const l = ledgerOf({ money }, [{ kind: 'refund' as const, state: 'authorised', amount_minor: 31_027 }, { kind: 'refund' as const, state: 'planned', amount_minor: 14_914 }])
  expect(l.refunded + l.inFlight + l.payable + l.waiting + l.free).toBe(l.captured)
  expect([l.payable, l.waiting]).toEqual([31_027, 14_914])
})

test('a leg of this case never counts as more than the order promised', () => {
  const l = ledgerOf({ money: [{ ...money[0]!, promised_minor: 100 }] }, [{ kind: 'refund' as const, state: 'failed', amount_minor: 900 }])
  expect([l.payable, l.waiting]).toEqual([100, 0])
})
