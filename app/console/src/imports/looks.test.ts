import { expect, test } from 'vitest'
import type { ImportSummary } from '../api/types'
import { partsOf } from './looks'

const none: ImportSummary = {
  rows: 0, order_lines: 0, return_lines: 0, adjustments: 0, rejected: 0, skipped: 0, orders: 0, orders_added: 0, customers: 0, customers_added: 0,
  returns: 0, returns_added: 0, returns_linked: 0, products_added: 0, records_added: 0, records_changed: 0, milliseconds: 0,
}

test('the parts of a summary add up to its rows, and zeros that somebody would ask for are there', () => {
  const orders = { ...none, rows: 525_461, order_lines: 507_000, return_lines: 10_000, adjustments: 5_000, skipped: 3_400, rejected: 61 }
  expect(partsOf('orders', orders).reduce((sum, { n }) => sum + n, 0)).toBe(orders.rows)
  expect(partsOf('orders', none).map(({ part }) => part)).toEqual(['order_lines', 'return_lines', 'adjustments', 'skipped', 'rejected'])
  const stopped = { ...none, rows: 8_500, order_lines: 6_490 }
  expect(partsOf('orders', stopped).at(-1)).toEqual({ part: 'waiting', n: 2_010 })
  expect(partsOf('orders', orders).some(({ part }) => part === 'waiting')).toBe(false)
  const customers = { ...none, rows: 9, records_added: 5, records_changed: 3, order_lines: 1 }
  expect(partsOf('customers', customers).reduce((sum, { n }) => sum + n, 0)).toBe(9)
})
