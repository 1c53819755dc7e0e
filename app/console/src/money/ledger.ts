import type { CaseView, OrderView } from '../api/types'

/** The order's money as four parts that add up to what was paid, whatever cases share it. */
export interface Ledger {
  captured: number
  refunded: number
  inFlight: number
  /** Promised and payable now; 0 when the legs are not known. */
  payable: number
  /** Promised, the rest. */
  waiting: number
  free: number
}

const payableStates = ['authorised', 'failed']

export function ledgerOf(order: Pick<OrderView, 'money'>, legs: Pick<CaseView['money'][number], 'state' | 'amount_minor' | 'kind'>[] = []): Ledger {
  const sum = (pick: (one: OrderView['money'][number]) => number) => order.money.reduce((all, one) => all + pick(one), 0)
  const captured = sum((one) => one.captured_minor)
  const refunded = sum((one) => one.refunded_minor)
  const inFlight = sum((one) => one.in_flight_minor)
  const promised = sum((one) => one.promised_minor)
  const payable = Math.min(promised, legs.filter((leg) => leg.kind === 'refund' && payableStates.includes(leg.state)).reduce((all, leg) => all + leg.amount_minor, 0))
  return { captured, refunded, inFlight, payable, waiting: promised - payable, free: captured - refunded - inFlight - promised }
}
