import type { Case, CaseKind, Header, Schemas } from '../api/types'
import type { IconName } from '../ui/icons'
import type { Tone } from '../ui/tones'

type Look = [Tone, IconName]

/** How each header of an operation is shown. Its word is word.header.<header>. */
export const headers: Record<Header, Look> = {
  none: ['idle', 'circle-dashed'],
  requested: ['act', 'circle-dot'],
  need_info: ['wait', 'user'],
  awaiting_goods: ['idle', 'circle-dashed'],
  in_transit: ['move', 'truck'],
  arrived: ['act', 'package'],
  inspected: ['act', 'scan-line'],
  part_returned: ['act', 'package'],
  disputed: ['talk', 'messages-square'],
  settling: ['move', 'wallet'],
  refund_failed: ['bad', 'circle-x'],
  refund_unknown: ['bad', 'circle-help'],
  sending_back: ['move', 'truck'],
  settled: ['done', 'check'],
  rejected: ['bad', 'x'],
  closed: ['idle', 'check'],
  cancelled: ['idle', 'undo-2'],
  expired: ['idle', 'clock'],
  superseded: ['idle', 'arrow-right'],
  verifying: ['move', 'search'],
  waiting_payment: ['wait', 'wallet'],
  to_dispatch: ['act', 'package'],
  dispatched: ['move', 'truck'],
  diagnosing: ['act', 'search'],
  quoted: ['wait', 'user'],
  repairing: ['act', 'wrench'],
  waiting_parts: ['move', 'clock'],
  testing: ['act', 'scan-line'],
}

/** How a case without an operation is shown. Its word is word.status.<status>. */
export const statuses: Record<Case['status'], Look> = {
  open: ['act', 'circle-dot'],
  waiting_customer: ['wait', 'user'],
  waiting_partner: ['move', 'truck'],
  resolved: ['done', 'check'],
  closed: ['idle', 'check'],
}

/** Stages that their case's status shows wrongly: nobody outside is waited for. */
export const stages: Partial<Record<NonNullable<Schemas['Matter']['stage']>, Look>> = {
  waiting_internal: ['move', 'search'],
  contact_planned: ['act', 'phone'],
}

export const kinds: Record<CaseKind, IconName> = {
  return_refund: 'undo-2',
  refund_only: 'banknote',
  exchange: 'arrow-left-right',
  repair: 'wrench',
  reissue: 'package-plus',
  complaint: 'megaphone',
  consultation: 'message-circle-question-mark',
  order_check: 'list-checks',
  unpaid_reminder: 'bell',
  stock_out: 'package-x',
  logistics_exception: 'truck',
  review_followup: 'star',
  incident: 'triangle-alert',
  product_defect: 'flask-conical',
}

export const withOperation: readonly CaseKind[] = ['return_refund', 'refund_only', 'exchange', 'repair', 'reissue']
/** A case shows its operation's header when it has one, else its own status. */
export function showsHeader(c: Pick<Case, 'kind' | 'status' | 'header' | 'amount_minor'>): boolean {
  return withOperation.includes(c.kind) && c.header !== 'none'
}

/** It has a stage of its own, and its clocks count working time. */
export const isMatter = (c: Pick<Case, 'matter'>) => !!c.matter && c.matter.stage !== 'none'

/** Clocks that count working time; the others count every hour. */
export const workingHeaders: readonly Header[] = ['requested', 'arrived', 'inspected', 'part_returned', 'disputed']
/** Whose working hours a clock counts. */
export const teamOfClock = (kind: string) => (['inspection_due', 'bench_due', 'repair_due'].includes(kind) ? 'warehouse' : 'service')
export const workingClocks: readonly string[] = ['first_decision', 'inspection_due', 'dispute_due', 'first_reply', 'next_reply', 'update_due', 'check_due', 'bench_due', 'repair_due']
