import type { Operation, RequestOperation, UnitRun } from '../api/types'
import { choices } from './forms'

/** What may be asked for (domain/kinds.hpp and policies.cpp say it on the other side): one entry a kind and way. */
export type Kind = Operation['kind']
export type SubKind = NonNullable<Operation['sub_kind']>
export type Reason = RequestOperation['reason']
interface Ask {
  home: readonly UnitRun['bucket'][]
  reasons: readonly Reason[]
  /** An amount is asked for; `maybe`: all that the goods are worth when none is said. */
  amount?: 'must' | 'maybe'
  /** The customer gets goods. */
  gets?: boolean
  back?: boolean
}
const faulty = ['not_as_described', 'quality', 'damaged_in_transit', 'wrong_item', 'missing_parts'] as const
const choice = ['no_longer_wanted', 'wrong_size'] as const
const withCustomer = ['with_customer'] as const
const out = ['in_transit_out', 'with_customer'] as const
const exchange: Ask = { home: withCustomer, reasons: ['wrong_size', 'no_longer_wanted', ...faulty, 'other'], gets: true, back: true }
const sentAgain = ['not_received', 'missing_parts', 'wrong_item', 'damaged_in_transit', 'forgotten_gift', 'other'] as const
export const asks: Record<Kind, Partial<Record<SubKind, Ask>>> = {
  return_refund: { none: { home: withCustomer, reasons: [...choice, ...faulty, 'late_delivery', 'other'], back: true } },
  refund_only: {
    keep_goods: { home: withCustomer, reasons: [...faulty, 'other'], amount: 'maybe' },
    unshipped_cancel: { home: ['unshipped'], reasons: [...choice, 'late_delivery', 'other'] },
    intercept: { home: ['in_transit_out'], reasons: ['refused_delivery', ...choice, 'late_delivery', 'other'] },
    not_received: { home: out, reasons: ['not_received', 'other'] },
    price_adjust: { home: ['unshipped', ...out], reasons: ['price_drop', 'shipping_overcharged', 'other'], amount: 'must' },
    goodwill: { home: [], reasons: ['goodwill', 'late_delivery', 'other'], amount: 'must' },
  },
  exchange: { after_receipt: exchange, advance: exchange, cross: exchange },
  repair: { none: { home: withCustomer, reasons: ['quality', 'damaged_in_transit', 'other'], back: true } },
  reissue: { unit: { home: out, reasons: sentAgain, gets: true }, part: { home: ['in_transit_out', 'with_customer'], reasons: sentAgain } },
}
export const kinds = Object.keys(asks) as Kind[]
export const isAsk = (kind: string): kind is Kind => kind in asks
export const waysOf = (kind: Kind) => Object.keys(asks[kind]) as SubKind[]
export const askOf = (kind: Kind, way: SubKind) => asks[kind][way] ?? Object.values(asks[kind])[0]!
export const wayChoices = (kind: Kind) => choices('sub_kind', waysOf(kind))
/** Goodwill and overcharged shipping concern no goods. */
export const needsLines = (kind: Kind, way: SubKind, reason?: string) => way !== 'goodwill' && !(way === 'price_adjust' && reason === 'shipping_overcharged') && !!askOf(kind, way).home

/** Free units of a line where this kind looks for them. */
export function freeUnits(units: readonly UnitRun[], line: string, home: readonly UnitRun['bucket'][]): number {
  return units.filter((run) => run.order_line_id === line && !run.held_by && home.includes(run.bucket)).reduce((sum, run) => sum + run.qty, 0)
}
