import type { ImportKind, ImportRun, ImportSummary } from '../api/types'
import type { IconName } from '../ui/icons'
import type { Tone } from '../ui/tones'

export const kinds: Record<ImportKind, IconName> = { orders: 'shopping-bag', customers: 'users', products: 'package', after_sales: 'undo-2', reviews: 'star' }

export const states: Record<ImportRun['state'], [Tone, IconName]> = {
  uploading: ['move', 'upload'],
  ready: ['act', 'circle-dot'],
  previewing: ['move', 'eye'],
  running: ['move', 'refresh-cw'],
  done: ['done', 'check'],
  failed: ['bad', 'circle-x'],
  cancelled: ['idle', 'x'],
  reverting: ['move', 'undo-2'],
  reverted: ['idle', 'undo-2'],
}

const parts = ['order_lines', 'return_lines', 'adjustments', 'records_added', 'records_changed', 'skipped', 'rejected'] as const
export type Part = (typeof parts)[number]
const asked = (kind: ImportKind): readonly Part[] => (kind === 'orders' ? ['order_lines', 'return_lines', 'adjustments', 'skipped', 'rejected'] : ['records_added', 'records_changed', 'skipped', 'rejected'])

/** What became of the rows: the parts add up to `rows`. A zero stands where somebody would ask for it; `waiting`: under way or stopped. */
export function partsOf(kind: ImportKind, sum: ImportSummary): { part: Part | 'waiting'; n: number }[] {
  const shown = parts.filter((part) => sum[part] > 0 || asked(kind).includes(part)).map((part) => ({ part, n: sum[part] }))
  const waiting = sum.rows - shown.reduce((all, { n }) => all + n, 0)
  return waiting > 0 ? [...shown, { part: 'waiting', n: waiting }] : shown
}
