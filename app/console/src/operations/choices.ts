import type { Act, CaseView } from '../api/types'
import { columns, type ColumnKey } from '../cases/columns'
import { t, word } from '../text/i18n'
import type { Choice } from '../ui/choose'
import { formOf } from './forms'
import { actIcon, actLabel, refusal } from './labels'

/** A line of a menu that runs an act of a case. `to`: the column of the board that it leads to. */
export interface ActChoice extends Choice {
  act?: Act
  to?: ColumnKey
}

const currencyOf = (view: CaseView) => view.operations.at(-1)?.currency || view.case.currency || 'CNY'

/** The acts that this console has a dialog for. */
export function actsOf(view: CaseView): Act[] {
  return view.acts.filter((act) => act.command === 'inspect' || formOf(act, view))
}

const legalFirst = (a: ActChoice, b: ActChoice) => Number(!!a.why) - Number(!!b.why)

/** All acts of a case, legal ones first, as the service put them in order. */
export function actChoices(view: CaseView): ActChoice[] {
  const currency = currencyOf(view)
  return actsOf(view).map((act): ActChoice => ({
    value: `${act.command} ${act.operation_id ?? ''}`, label: actLabel(act, currency), icon: actIcon(act), act, ...(act.legal ? {} : { why: refusal(act, currency) }),
  })).sort(legalFirst)
}

/** Where a case may go on the board from one column, each by the act that brings it there; then the columns that are shut, with the reason. */
export function moveChoices(view: CaseView, from: ColumnKey): ActChoice[] {
  const currency = currencyOf(view)
  const acts = actsOf(view)
  const line = (to: ColumnKey, rest: Partial<ActChoice>): ActChoice => ({ value: to, label: word('header', to), icon: 'arrow-right', to, ...rest })
  return (Object.keys(columns) as ColumnKey[]).filter((to) => to !== from).flatMap((to): ActChoice[] => {
    const ways = columns[to].by.flatMap((command) => acts.filter((act) => act.command === command))
    const open = ways.filter((act) => act.legal)
    if (open.length) return open.map((act) => line(to, { value: `${to} ${act.command} ${act.operation_id ?? ''}`, hint: actLabel(act, currency), act }))
    // a rule about which something can be done tells more than the step of the way the case is at
    const nearest = ways.find((act) => act.code !== 'wrong_state' && act.code !== 'permission_missing') ?? ways[0]
    return [line(to, { why: nearest ? refusal(nearest, currency) : t('ui.board.over') })]
  }).sort(legalFirst)
}
