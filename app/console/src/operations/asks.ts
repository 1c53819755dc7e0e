import { table } from '../api/kinds'
import type { Kind as Ask, Operation, RequestOperation, UnitRun } from '../api/types'
import { choices } from './forms'

export type Kind = Operation['kind']
export type SubKind = NonNullable<Operation['sub_kind']>
export type Reason = RequestOperation['reason']

export const kinds = () => [...new Set(table.value.map((one) => one.kind))]
export const isAsk = (kind: string): kind is Kind => table.value.some((one) => one.kind === kind)
export const waysOf = (kind: Kind) => table.value.filter((one) => one.kind === kind).map((one) => one.sub_kind)
export const askOf = (kind: Kind, way: SubKind) => table.value.find((one) => one.kind === kind && one.sub_kind === way) ?? table.value.find((one) => one.kind === kind)!
export const wayChoices = (kind: Kind) => choices('sub_kind', waysOf(kind))
/** Its reasons; what fits nothing else comes last. */
export const reasonsOf = (ask: Ask): Reason[] => ask.reasons.map((one) => one.reason).sort((a, b) => Number(a === 'other') - Number(b === 'other'))
/** Goodwill and overcharged shipping concern no goods. No reason yet: as most reasons of its kind. */
export const needsLines = (kind: Kind, way: SubKind, reason?: string) => {
  const { reasons } = askOf(kind, way)
  return (reasons.find((one) => one.reason === reason) ?? reasons[0])?.needs_lines ?? true
}

/** What the amount asked for is called. */
export const amountName = (way: SubKind) => (way === 'goodwill' ? 'goodwill_minor' : 'refund_minor')

/** Whether what is wrong with the goods is asked for in a fixed way. */
export const asksMalfunction = (kind?: string, reason?: string) => kind === 'repair' || (!!kind && reason === 'quality')
export const malfunctions = ['none', 'function', 'quality', 'appearance', 'safety', 'other'] as const
export const frequencies = ['unsaid', 'once', 'sometimes', 'always'] as const

/** Free units of a line where this kind looks for them; a part is missing from whatever was sent. */
export function freeUnits(units: readonly UnitRun[], line: string, home: readonly UnitRun['bucket'][]): number {
  const where: readonly UnitRun['bucket'][] = home.length ? home : ['in_transit_out', 'with_customer']
  return units.filter((run) => run.order_line_id === line && !run.held_by && where.includes(run.bucket)).reduce((sum, run) => sum + run.qty, 0)
}
