import type { CaseView } from '../api/types'
import { askOf } from '../operations/asks'
import { t } from '../text/i18n'

type Line = Pick<CaseView['lines'][number], 'new_name' | 'new_sku'>
type Leg = CaseView['outbound'][number]
type Held = Pick<CaseView['outbound_lines'][number], 'operation_line_id' | 'qty'>

/** What the customer gets instead of what a line is about, as a packer finds it: name and number. Empty: nothing else. */
export const instead = (line: Line) => [line.new_name, line.new_sku].filter(Boolean).join(' · ')

/** Its number never stands alone on the next line. */
const counted = (name: string, qty: number) => `${name} ×\u00a0${qty}`

/** All that an operation's lines are exchanged for. */
export const allInstead = (lines: (Line & { qty: number })[]) => lines.filter(instead).map((line) => counted(instead(line), line.qty)).join(t('ui.list_gap'))

/** What a parcel to the customer holds: goods in place of others, or the very goods of the order. */
export function heldIn(view: CaseView, leg: Pick<Leg, 'id' | 'purpose'>, lines: Held[] = view.outbound_lines.filter((line) => line.outbound_leg_id === leg.id)): string {
  return lines.map(({ operation_line_id, qty }) => {
    const line = view.lines.find((one) => one.id === operation_line_id)
    const own = view.order[0]?.lines.find((one) => one.id === line?.order_line_id)
    const name = (leg.purpose === 'replacement' && line && instead(line)) || own?.name || own?.sku
    return name ? counted(name, qty) : ''
  }).filter(Boolean).join(t('ui.list_gap'))
}

/** What of an operation is still to be packed. */
export const toPack = (view: CaseView, operationId: string | undefined) =>
  view.outbound.filter((leg) => leg.operation_id === operationId && (leg.state === 'planned' || leg.state === 'reserved')).map((leg) => heldIn(view, leg)).filter(Boolean).join(t('ui.list_gap'))

/** Whether an operation's goods come back to us. */
export const comesBack = ({ kind, sub_kind }: Pick<CaseView['operations'][number], 'kind' | 'sub_kind'>) => askOf(kind, sub_kind ?? 'none').comes_back
