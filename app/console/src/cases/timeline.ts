import { reasonWords } from '../api/problem'
import type { CaseView, Operation, TimelineEvent } from '../api/types'
import { allInstead, heldIn } from '../legs/going_out'
import { has, inner, t, word } from '../text/i18n'
import { day, money, when } from '../ui/format'
import type { IconName } from '../ui/icons'
import type { Tone } from '../ui/tones'

/** The groups behind the filter chips of the timeline. */
export const groups = ['all', 'talk', 'notes', 'goods', 'money', 'changes'] as const
export type Group = (typeof groups)[number]

type Params = Record<string, string | number | undefined>
interface Entry {
  group: Group
  icon: IconName
  tone: Tone
  params?: (data: any, view: CaseView, event: TimelineEvent) => Params
  /** Which sentence of several: event.<type>_<this>. */
  as?: (data: any, view: CaseView, event: TimelineEvent) => string | undefined
}

const cur = (view: CaseView) => view.operations.at(-1)?.currency || view.case.currency || 'CNY'
const pieces = (lines: { qty: number }[] | undefined) => (lines ?? []).reduce((sum, line) => sum + line.qty, 0)
const parcel = (view: CaseView, id: string) => {
  const leg = view.inbound.find((one) => one.id === id)
  return [leg?.carrier, leg?.tracking].filter(Boolean).join(' ') || t('ui.parcel')
}

const operationOf = (view: CaseView, id: string | undefined) => view.operations.find((one) => one.id === id)
/** 换货, 补偿, 退差价: what was asked for, by the name that people have for it. */
const kindName = (o: Pick<Operation, 'kind' | 'sub_kind'> | undefined) => (o?.sub_kind === 'goodwill' || o?.sub_kind === 'price_adjust' ? word('sub_kind', o.sub_kind) : word('kind', o?.kind))
const isGoodwill = (o: Operation | undefined) => o?.sub_kind === 'goodwill'

function requestedAs({ operation, lines }: any) {
  if (isGoodwill(operation)) return 'goodwill'
  if (!pieces(lines) && operation?.asked_minor) return 'amount'
  return operation?.kind === 'exchange' && allInstead(lines ?? []) ? 'exchange' : undefined
}
function approvedAs(o: Operation | undefined, shipBy: number | undefined) {
  if (isGoodwill(o)) return 'goodwill'
  return !o || o.kind === 'return_refund' || o.kind === 'refund_only' ? (shipBy ? undefined : 'other') : o.kind
}
/** Goods that stay with us or are sent again are no money; what nobody gets back for them is not said. */
function settledAs(o: Operation | undefined, quote: { net_minor?: number } | undefined) {
  if (isGoodwill(o)) return 'goodwill'
  return o && o.kind !== 'return_refund' && o.kind !== 'refund_only' && !quote?.net_minor ? o.kind : undefined
}
function repairedAs(d: any) {
  if (d.stage === 'quoted') return d.price_minor ? (d.promised_at ? 'priced_by' : 'priced') : 'diagnosed'
  if (d.stage === 'repairing' && d.quote?.collect_minor) return 'accepted'
  return d.stage === 'unrepaired' && d.price_minor ? 'declined' : undefined
}
const outboundOf = (view: CaseView, d: any) => view.outbound.find((leg) => leg.id === (d.outbound_leg_id ?? d.leg?.id))
const goingOut = (view: CaseView, d: any) => {
  const leg = outboundOf(view, d) ?? d.leg
  return leg ? heldIn(view, leg, d.lines) : ''
}
const purposeOf = (view: CaseView, d: any) => (outboundOf(view, d) ?? d.leg)?.purpose

/** The task of an approval that was asked for. */
const approvalIn = (d: any) => (d.word === 'ask_task' ? (d.moves?.tasks ?? []).find((task: { code: string }) => task.code === 'approval') : undefined)
/** What was to be approved, as far as the case says it. */
function approvalOf(d: any, view: CaseView, event: TimelineEvent): string {
  const task = approvalIn(d)
  const o = operationOf(view, task?.operation_id)
  if (!task || !o) return ''
  const undecided = !o.decided_at || o.decided_at > event.at
  const minor = isGoodwill(o) ? o.asked_minor : o.quote.net_minor
  const what = task.department === 'finance' ? word('asked', 'submit_refund') : undecided ? kindName(o) : ''
  return what && [what, minor ? money(minor, o.currency) : ''].filter(Boolean).join(' ')
}

/** The reason of a request with what is wrong with the goods, as far as it was said. */
const reasonOf = (o: { reason?: string; malfunction?: string; frequency?: string }) =>
  [word('reason', o.reason), o.malfunction && o.malfunction !== 'none' ? word('malfunction', o.malfunction) : '', o.frequency && o.frequency !== 'unsaid' ? word('frequency', o.frequency) : ''].filter(Boolean).join(' · ')

/** Event type (without revision) → how it is shown. Its sentence is event.<type>. */
export const entries: Record<string, Entry> = {
  case_opened: { group: 'changes', icon: 'inbox', tone: 'act', params: (d) => ({ kind: word('kind', d.case?.kind), channel: word('channel', d.case?.channel) }) },
  case_imported: { group: 'changes', icon: 'file-text', tone: 'idle', params: (d, v) => ({ amount: money(d.operation?.settled?.net_minor ?? 0, cur(v)) }) },
  operation_requested: { group: 'changes', icon: 'undo-2', tone: 'act', as: requestedAs, params: (d, v) => ({ kind: kindName(d.operation), goods: allInstead(d.lines ?? []), amount: money(d.operation?.asked_minor ?? 0, cur(v)), n: pieces(d.lines), reason: reasonOf(d.operation ?? {}), fault: word('fault', d.operation?.fault) }) },
  operation_approved: { group: 'changes', icon: 'shield-check', tone: 'done', as: (d, v) => approvedAs(operationOf(v, d.operation_id), d.ship_by_at), params: (d, v) => ({ amount: money(promised(d, v), cur(v)), day: day(d.ship_by_at, v.zone) }) },
  info_asked: { group: 'talk', icon: 'message-square', tone: 'wait' },
  info_given: { group: 'talk', icon: 'file-text', tone: 'act' },
  operation_rejected: { group: 'changes', icon: 'x', tone: 'bad', params: (d, v) => ({ kind: kindName(operationOf(v, d.operation_id)), code: word('reject', d.code) }) },
  operation_appealed: { group: 'changes', icon: 'scale', tone: 'act' },
  units_released: { group: 'goods', icon: 'undo-2', tone: 'idle', params: (d) => ({ n: pieces(d.lines), cause: word('release', d.cause) }) },
  parcel_shipped: { group: 'goods', icon: 'truck', tone: 'move', as: (d, v) => (operationOf(v, d.leg?.operation_id)?.kind === 'repair' ? 'repair' : undefined), params: (d) => ({ carrier: d.leg?.carrier, tracking: d.leg?.tracking, n: pieces(d.lines) }) },
  parcel_arrived: { group: 'goods', icon: 'warehouse', tone: 'move', params: (d, v) => ({ parcel: parcel(v, d.inbound_leg_id), n: pieces(d.counted) }) },
  parcel_lost: { group: 'goods', icon: 'package-x', tone: 'bad', params: (d, v) => ({ parcel: parcel(v, d.inbound_leg_id) }) },
  goods_inspected: { group: 'goods', icon: 'scan-line', tone: 'act' },
  mismatch_found: { group: 'goods', icon: 'messages-square', tone: 'talk' },
  batch_settled: { group: 'money', icon: 'circle-check', tone: 'done', as: (d, v) => settledAs(operationOf(v, d.operation_id), d.quote), params: (d, v) => ({ amount: money(isGoodwill(operationOf(v, d.operation_id)) ? moved(d) : d.quote?.net_minor ?? 0, cur(v)), by: word('settled_by', d.by), n: (d.lines ?? []).reduce((s: number, l: any) => s + l.accepted + l.written_off + (l.kept ?? 0), 0) }) },
  send_back_ordered: { group: 'goods', icon: 'package-open', tone: 'move', params: (d) => ({ n: pieces(d.lines) }) },
  outbound_parcel_lost: { group: 'goods', icon: 'package-x', tone: 'bad', params: (d) => ({ n: pieces(d.lines) }) },
  resend_ordered: { group: 'goods', icon: 'package-open', tone: 'move', params: (d) => ({ n: pieces(d.lines) }) },
  goods_dispatched: { group: 'goods', icon: 'send', tone: 'move', as: (d, v) => (goingOut(v, d) ? 'goods' : undefined), params: (d, v) => ({ goods: goingOut(v, d), carrier: d.carrier, tracking: d.tracking }) },
  goods_delivered: { group: 'goods', icon: 'package-check', tone: 'done', as: (d, v) => (goingOut(v, d) ? purposeOf(v, d) : undefined), params: (d, v) => ({ goods: goingOut(v, d) }) },
  refund_submitted: { group: 'money', icon: 'wallet', tone: 'move', params: (d, v) => ({ amount: money(moved(d), cur(v)) }) },
  refund_answered: { group: 'money', icon: 'banknote', tone: 'done', params: (d, v) => ({ amount: money(moved(d), cur(v)), result: word('refund_result', d.result), ref: d.provider_ref || '—' }) },
  operation_settled: { group: 'money', icon: 'check', tone: 'done', as: (d, v) => (['exchange', 'repair', 'reissue'].includes(operationOf(v, d.operation_id)?.kind ?? '') ? 'goods' : undefined), params: (d, v) => ({ kind: kindName(operationOf(v, d.operation_id)) }) },
  operation_ended: { group: 'changes', icon: 'check', tone: 'idle', params: (d) => ({ decision: word('decision', d.decision) }) },
  clock_warned: { group: 'changes', icon: 'clock', tone: 'wait', params: (d) => ({ clock: word('clock', d.kind), level: word('clock_level', d.level) }) },
  clock_fired: { group: 'changes', icon: 'clock', tone: 'wait', params: (d) => ({ clock: word('clock', d.kind) }) },
  return_announced: { group: 'goods', icon: 'warehouse', tone: 'move', params: (d) => ({ ref: d.external_id }) },
  recall_went: { group: 'goods', icon: 'undo-2', tone: 'move', params: (d) => ({ purpose: word('inbound_purpose', d.leg?.purpose), goods: d.leg?.name || d.leg?.sku || '', n: d.leg?.qty ?? 0, state: word('inbound', d.leg?.state) }) },
  shipment_ordered: { group: 'goods', icon: 'warehouse', tone: 'move', params: (d) => ({ ref: d.external_id }) },
  announce_failed: { group: 'goods', icon: 'circle-alert', tone: 'bad', params: (d) => ({ code: reasonWords(d.code ?? '') }) },
  customer_reminded: { group: 'talk', icon: 'clock', tone: 'wait', params: (d, v) => ({ day: day(d.due_at, v.zone), message: word('message', d.message) }) },
  message_sent: { group: 'talk', icon: 'send', tone: 'done', params: (d) => ({ message: word('message', d.message) }) },
  message_failed: { group: 'talk', icon: 'circle-alert', tone: 'bad', params: (d) => ({ message: word('message', d.message), code: reasonWords(d.code ?? '') }) },
  platform_heard: { group: 'changes', icon: 'store', tone: 'talk', params: (d, v) => ({ intervention: word('intervention', d.platform?.intervention), amount: d.platform?.ruled_minor ? ` ${money(d.platform.ruled_minor, cur(v))}` : '' }) },
  platform_told: { group: 'changes', icon: 'store', tone: 'talk', params: (d) => ({ verdict: word('verdict', d.verdict) }) },
  booking_asked: { group: 'goods', icon: 'package-plus', tone: 'move' },
  return_booked: { group: 'goods', icon: 'truck', tone: 'move', params: (d) => ({ ref: [d.carrier, d.waybill || d.booking_ref].filter(Boolean).join(' ') }) },
  check_asked: { group: 'changes', icon: 'search', tone: 'move', as: (d) => (d.quote?.net_minor ? undefined : 'plain'), params: (d, v) => ({ kind: kindName(operationOf(v, d.operation_id)), amount: money(d.quote?.net_minor ?? 0, cur(v)) }) },
  check_answered: { group: 'goods', icon: 'search', tone: 'act', params: (d) => ({ result: word('check_result', d.result) }) },
  operation_superseded: { group: 'changes', icon: 'arrow-left-right', tone: 'act', params: (d) => ({ kind: kindName(d.by) }) },
  outbound_planned: { group: 'goods', icon: 'package', tone: 'act', as: (d, v) => (!goingOut(v, d) ? undefined : d.leg?.purpose !== 'repaired' ? 'goods' : operationOf(v, d.leg.operation_id)?.repair === 'unrepaired' ? 'unrepaired' : 'repaired'), params: (d, v) => ({ n: pieces(d.lines), goods: goingOut(v, d) }) },
  stock_answered: { group: 'goods', icon: 'warehouse', tone: 'move', params: (d) => ({ stock: word('stock', d.state) }) },
  goods_swapped: { group: 'goods', icon: 'arrow-left-right', tone: 'act', as: (d) => (allInstead(d.lines ?? []) ? 'goods' : undefined), params: (d) => ({ goods: allInstead(d.lines ?? []) }) },
  difference_paid: { group: 'money', icon: 'wallet', tone: 'done', params: (d, v) => ({ amount: money(moved(d), cur(v)) }) },
  repair_went: { group: 'goods', icon: 'wrench', tone: 'act', as: repairedAs, params: (d, v) => ({ stage: word('repair', d.stage), amount: money(d.price_minor ?? 0, cur(v)), day: when(d.promised_at, v.zone) }) },
  replacement_cancelled: { group: 'goods', icon: 'x', tone: 'idle', params: (d, v) => ({ amount: money(d.quote?.net_minor ?? 0, cur(v)) }) },
  goods_missed: { group: 'goods', icon: 'package-x', tone: 'bad' },
  case_assigned: { group: 'changes', icon: 'user-plus', tone: 'idle' },
  note_added: { group: 'notes', icon: 'sticky-note', tone: 'idle' },
  task_finished: { group: 'changes', icon: 'list-checks', tone: 'done' },
  matter_moved: { group: 'changes', icon: 'arrow-right', tone: 'act', as: (d, v, event) => (approvalIn(d) ? (approvalOf(d, v, event) ? 'approval_of' : 'approval') : undefined), params: (d, v, event) => ({ act: inner(t(`act.${d.word}`)), what: approvalOf(d, v, event) || moreOf(d, v), department: word('department', approvalIn(d)?.department) }) },
  case_converted: { group: 'changes', icon: 'arrow-left-right', tone: 'act', params: (d) => ({ was: word('kind', d.was), kind: word('kind', d.kind) }) },
  case_closed: { group: 'changes', icon: 'check', tone: 'idle', as: (d, v) => (d.summary || v.customer[0]?.erased_at ? undefined : 'bare'), params: (d, v) => ({ summary: d.summary || (v.customer[0]?.erased_at ? t('ui.erase.words') : '') }) },
}

/** What an act of a matter said besides itself: the amount, the result, the level. */
function moreOf(d: any, view: CaseView): string {
  const m = d.matter ?? {}
  const said: Record<string, () => string> = {
    propose: () => (m.proposal_minor ? money(m.proposal_minor, cur(view)) : ''),
    update_customer: () => when(m.promised_at, view.zone),
    follow_up: () => word('satisfied', m.satisfied),
    plan_contact: () => when(m.contact_at, view.zone),
    record_contact: () => (m.contact_refused ? word('contact_result', 'refused') : ''),
    record_outcome: () => word('outcome', m.outcome),
    finish_work: () => word('outcome', m.outcome),
    escalate: () => [t('ui.matter.level', { n: m.escalation }), ...(d.moves?.tasks ?? []).map((task: { department: string }) => word('department', task.department))].join(' '),
    classify: () => t('ui.matter.severity', { n: m.severity }),
    outside: () => word('outside', m.outside),
  }
  const text = said[d.word]?.()
  return text ? ` ${text}` : ''
}

/** Besides the order's money, goodwill is promised as it was asked for. */
function promised(data: any, view: CaseView): number {
  const operation = operationOf(view, data.operation_id)
  return isGoodwill(operation) ? operation!.asked_minor ?? 0 : data.quote?.net_minor ?? 0
}

function moved(data: any): number {
  return (data.moves?.money ?? []).reduce((sum: number, step: any) => sum + (step.amount_minor ?? 0), 0)
}

export interface Line {
  event: TimelineEvent
  type: string
  data: any
  group: Group
  icon: IconName
  tone: Tone
  key: string
  params: Params
}

export function lineOf(event: TimelineEvent, view: CaseView): Line {
  const type = event.type.split('/')[0]!
  const data = (event.data ?? {}) as any
  const entry = entries[type] ?? { group: 'changes' as Group, icon: 'circle-dot' as IconName, tone: 'idle' as Tone }
  const who = event.actor_name || word('role', event.actor_role)
  const failed = type === 'refund_answered' && data.result !== 'ok'
  const untold = type === 'platform_told' && !!data.code
  const goesOn = type === 'clock_fired' && data.moves?.clocks?.[0]?.state === 'running'
    && (data.kind === 'platform_due' ? 'near' : data.kind === 'reconcile' ? 'asked' : 'waits')
  const kind = type === 'note_added' ? (data.kind as string) : ''
  return {
    event, type, data,
    group: kind && kind !== 'internal' ? 'talk' : entry.group,
    icon: untold ? 'circle-alert' : failed ? (data.result === 'unknown' ? 'circle-help' : 'circle-x') : entry.icon,
    tone: failed || untold ? 'bad' : entry.tone,
    key: untold ? 'event.platform_untold' : goesOn ? `event.clock_${goesOn}` : type === 'case_assigned' && data.cause === 'off_duty' ? 'event.case_assigned_off_duty' : [`event.${type}_${entry.as?.(data, view, event)}`, `event.${type}`].find(has) ?? 'event.other',
    params: { who, type, ...(entry.params?.(data, view, event) ?? {}), ...(type === 'case_assigned' ? { owner: ownerName(data.owner_id, view, who, event) } : {}) },
  }
}

function ownerName(id: string | undefined, view: CaseView, who: string, event: TimelineEvent): string {
  if (!id) return t('ui.queue')
  if (id === event.actor_id) return who
  return id === view.case.owner_id ? view.owner_name || id : t('ui.colleague')
}

/** Three or more plain changes in a row fold into one line; inspections of one go share a card. */
export interface Item {
  kind: 'line' | 'fold' | 'inspection'
  lines: Line[]
}
const oneGo = 10 * 60_000
export function fold(lines: Line[]): Item[] {
  const items: Item[] = []
  const foldable = (line: Line) => ['clock_fired', 'clock_warned', 'case_assigned', 'task_finished'].includes(line.type)
  for (let i = 0; i < lines.length; ) {
    const first = lines[i]!
    let end = i + 1
    if (first.type === 'goods_inspected') while (end < lines.length && lines[end]!.type === first.type && lines[end]!.event.at - first.event.at < oneGo) end++
    else if (foldable(first)) while (end < lines.length && foldable(lines[end]!)) end++
    if (first.type !== 'goods_inspected' && end - i < 3) end = i + 1
    items.push({ kind: first.type === 'goods_inspected' ? 'inspection' : end - i >= 3 ? 'fold' : 'line', lines: lines.slice(i, end) })
    i = end
  }
  return items
}

