import type { CaseView, OrderLine, UnitRun } from '../api/types'
import { t, word } from '../text/i18n'
import { day } from '../ui/format'

/** How a run of units is drawn: filled = back with us, dashed = held by this case, empty = free. */
export type Square = 'back' | 'held' | 'free' | 'gone'
export interface RunLook {
  run: UnitRun
  square: Square
  numbers: string
  bucket: string
  reason: string
}

const back = ['with_us', 'returned']
const gone = ['consumed', 'exchanged', 'cancelled', 'lost_out']

export function runsOf(line: OrderLine, runs: UnitRun[], view: Pick<CaseView, 'lines' | 'operations' | 'inspections' | 'zone'> | undefined): RunLook[] {
  return runs.filter((run) => run.order_line_id === line.id).map((run) => {
    const mine = view?.lines.find((one) => one.id === run.held_by)
    const square: Square = back.includes(run.bucket) ? 'back' : gone.includes(run.bucket) ? 'gone' : run.held_by ? 'held' : 'free'
    return {
      run,
      square,
      numbers: run.qty === 1 ? `${run.first + 1}` : `${run.first + 1}–${run.first + run.qty}`,
      bucket: word('bucket', run.bucket),
      reason: reasonOf(run, mine, view),
    }
  })
}

function reasonOf(run: UnitRun, mine: CaseView['lines'][number] | undefined, view: Pick<CaseView, 'lines' | 'operations' | 'inspections' | 'zone'> | undefined): string {
  if (view && (run.bucket === 'with_us' || run.bucket === 'returned')) {
    const own = view.lines.filter((line) => line.order_line_id === run.order_line_id).map((line) => line.id)
    const records = view.inspections.filter((record) => own.includes(record.operation_line_id))
    if (records.length) return [...new Set(records.map((record) => t('ui.graded', { grade: word('grade', record.grade), disposition: word('disposition', record.disposition) })))].join(t('ui.part_gap'))
    return run.bucket === 'with_us' ? t('ui.unit.to_inspect') : ''
  }
  if (run.held_by && !mine) return t(view ? 'ui.unit.other_case' : 'ui.unit.held')
  if (mine && view) {
    const operation = view.operations.find((one) => one.id === mine.operation_id)
    if (run.bucket === 'with_customer' && operation?.ship_by_at) return t('ui.unit.ship_by', { day: day(operation.ship_by_at, view.zone) })
    if (run.bucket === 'in_transit_back') return t('ui.unit.coming')
    return t('ui.unit.held')
  }
  return run.bucket === 'with_customer' ? t('ui.unit.free') : ''
}
