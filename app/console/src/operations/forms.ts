import type { Act, CaseView, Operation, TimelineEvent, Verb, VerbBody } from '../api/types'
import { t, word } from '../text/i18n'
import { money, when } from '../ui/format'
import { clockText, instantOf } from '../ui/worktime'
import { causes } from '../cases/causes'
import { heldIn } from '../legs/going_out'
import { amountName, askOf, asksMalfunction, freeUnits, frequencies, kinds, malfunctions, needsLines, reasonsOf, wayChoices, waysOf, type Kind, type SubKind } from './asks'
import { matterForm } from './matter_forms'
import { refusalWords } from './refusal_words'

/** What the dialog of an act asks. One entry a verb; the dialog draws the fields and sends what `body` makes of them. */
export interface LineChoice {
  order_line_id: string
  label: string
  max: number
}
export type Field =
  | { kind: 'text'; key: string; required?: boolean; max?: number; initial?: string }
  | { kind: 'area'; key: string; name?: string; required?: boolean; max?: number; initial?: string }
  | { kind: 'photos'; key: string }
  | { kind: 'pick'; key: string; from: 'staff' | 'cases' }
  | { kind: 'money'; key: string; name?: string; initial?: number; ceiling?: number }
  | { kind: 'choice'; key: string; name?: string; options: { value: string; label: string }[]; initial?: string; optional?: boolean }
  | { kind: 'time'; key: string; name?: string; required?: boolean; initial?: string }
  | { kind: 'tick'; key: string; required?: boolean; initial?: boolean; hint?: string }
  | { kind: 'lines'; key: string; lines: LineChoice[]; zero?: boolean; start?: number; of?: string }
export type Values = Record<string, unknown>
export interface Form {
  fields: Field[]
  /** Fields that depend on what was chosen so far. */
  more?: (values: Values) => Field[]
  /** What its note is about, where that depends on what was chosen. */
  about?: (values: Values) => string
  body: (values: Values) => unknown
}

export function operationOf(view: CaseView, act: Pick<Act, 'operation_id'>): Operation | undefined {
  return view.operations.find((operation) => operation.id === act.operation_id) ?? view.operations.at(-1)
}

function lineName(view: CaseView, orderLineId: string): string {
  const line = view.order[0]?.lines.find((one) => one.id === orderLineId)
  return line?.name || line?.sku || orderLineId
}

/** Lines of the operation with so many units left for `count`. */
function linesLeft(view: CaseView, operation: Operation, count: (line: CaseView['lines'][number]) => number): LineChoice[] {
  return view.lines
    .filter((line) => line.operation_id === operation.id && count(line) > 0)
    .map((line) => ({ order_line_id: line.order_line_id, label: lineName(view, line.order_line_id), max: count(line) }))
}
export const toShip = (view: CaseView, operation: Operation) => linesLeft(view, operation, (line) => line.qty - line.released - (line.kept ?? 0) - line.shipped)
export const toInspect = (view: CaseView, operation: Operation) => linesLeft(view, operation, (line) => line.arrived - line.inspected)

/** Units of the order that no case holds, where a kind looks for them. */
function freeLines(view: CaseView, kind: Kind, way: SubKind): LineChoice[] {
  const order = view.order[0]
  return (order?.lines ?? []).map((line) => ({
    order_line_id: line.id, label: line.name || line.sku, max: freeUnits(order!.units, line.id, askOf(kind, way).home),
  })).filter((line) => line.max > 0)
}

const kindChoices = () => choices('kind', kinds())
const kindOf = (v: Values) => (v.ask ?? 'return_refund') as Kind
const wayOf = (v: Values) => (waysOf(kindOf(v)).includes(v.sub_kind as SubKind) ? v.sub_kind : waysOf(kindOf(v))[0]) as SubKind
/** What the customer gets instead, for all lines alike. */
function getsFields(v: Values): Field[] {
  return [{ kind: 'text', key: 'new_sku', max: 128 }, { kind: 'text', key: 'new_name', max: 500 }, { kind: 'tick', key: 'other_price' },
    ...(v.other_price ? [{ kind: 'money', key: 'new_price_minor', initial: 0 } as const] : [])]
}
const gets = (v: Values) => ({
  ...(v.new_sku ? { new_sku: String(v.new_sku).trim() } : {}), ...(v.new_name ? { new_name: String(v.new_name).trim() } : {}),
  ...(v.other_price ? { new_price_minor: Number(v.new_price_minor) } : {}),
})

function requestForm(view: CaseView): Form {
  return {
    fields: [{ kind: 'choice', key: 'ask', options: kindChoices(), initial: view.operations.at(-1)?.kind ?? 'return_refund' }],
    more: (v) => {
      const kind = kindOf(v), way = wayOf(v), ask = askOf(kind, way)
      return [
        ...(waysOf(kind).length > 1 ? [{ kind: 'choice', key: 'sub_kind', options: wayChoices(kind), initial: way } as const] : []),
        { kind: 'choice', key: 'reason', options: choices('reason', reasonsOf(ask)) },
        ...(asksMalfunction(kind, v.reason as string) ? [{ kind: 'choice', key: 'malfunction', options: choices('malfunction', malfunctions), initial: 'none' } as const, { kind: 'choice', key: 'frequency', options: choices('frequency', frequencies), initial: 'unsaid' } as const] : []),
        ...(needsLines(kind, way, v.reason as string) ? [{ kind: 'lines', key: 'lines', lines: freeLines(view, kind, way), start: 0, of: way } as const] : []),
        ...(ask.amount !== 'never' ? [{ kind: 'money', key: 'amount_minor', name: amountName(way), initial: 0 } as const] : []),
        ...(ask.chooses ? getsFields(v) : []),
        ...(kind === 'reissue' ? [{ kind: 'money', key: 'cost_minor', initial: 0 } as const] : []),
        { kind: 'photos', key: 'photo_ref' },
      ]
    },
    about: (v) => (needsLines(kindOf(v), wayOf(v), v.reason as string) ? '' : 'no_lines'),
    body: (v) => {
      const kind = kindOf(v), way = wayOf(v), ask = askOf(kind, way)
      const lines = (v.lines as { order_line_id: string; qty: number }[] | undefined) ?? []
      return {
        kind, ...(way === 'none' ? {} : { sub_kind: way }), reason: v.reason,
        ...(needsLines(kind, way, v.reason as string) ? { lines: lines.map((line) => ({ ...line, ...(ask.chooses ? gets(v) : {}) })) } : {}),
        ...(ask.amount !== 'never' && Number(v.amount_minor) > 0 ? { amount_minor: Number(v.amount_minor) } : {}),
        ...(kind === 'reissue' && Number(v.cost_minor) > 0 ? { cost_minor: Number(v.cost_minor) } : {}),
        ...(asksMalfunction(kind, v.reason as string) ? { malfunction: v.malfunction, frequency: v.frequency } : {}),
        ...(v.photo_ref ? { photo_ref: v.photo_ref } : {}),
      }
    },
  }
}

const beside = (leg: CaseView['inbound'][number]) => !!leg.purpose && leg.purpose !== 'goods'
/** Goods beside the operation's units, with how many of each wait for this act. */
function recalls(view: CaseView, operation: Operation, left: (leg: CaseView['inbound'][number]) => number): LineChoice[] {
  return view.inbound.filter((leg) => leg.operation_id === operation.id && beside(leg) && left(leg) > 0)
    .map((leg) => ({ order_line_id: leg.id, label: [leg.name || leg.sku, leg.tracking].filter(Boolean).join(' '), max: left(leg) }))
}
/** Which of several it is, asked only where there are several; and how many pieces of that one. */
const whichOf = (lines: LineChoice[], name: string): Field[] =>
  lines.length > 1 ? [{ kind: 'choice', key: 'which', name, options: lines.map((line) => ({ value: line.order_line_id, label: line.label })), initial: lines[0]!.order_line_id }] : []
const piecesOf = (lines: LineChoice[], v: Values, start?: number): Field => {
  const one = lines.find((line) => line.order_line_id === v.which) ?? lines[0]
  return { kind: 'lines', key: 'lines', of: one?.order_line_id, start, lines: one ? [one] : [] }
}
const lookedAt = (view: CaseView, leg: string) => view.inspections.filter((one) => one.inbound_leg_id === leg).reduce((sum, one) => sum + one.qty, 0)
function parcels(view: CaseView, operation: Operation) {
  return view.inbound.filter((leg) => leg.operation_id === operation.id && !beside(leg) && ['expected', 'in_transit', 'overdue'].includes(leg.state))
}
function parcelName(leg: { carrier?: string; tracking?: string }): string {
  return [leg.carrier, leg.tracking].filter(Boolean).join(' ') || t('ui.parcel')
}
function parcelLines(view: CaseView, legId: string): LineChoice[] {
  return view.inbound_lines
    .filter((line) => line.inbound_leg_id === legId && line.qty > line.arrived)
    .map((line) => {
      const orderLine = view.lines.find((one) => one.id === line.operation_line_id)!.order_line_id
      return { order_line_id: orderLine, label: lineName(view, orderLine), max: line.qty - line.arrived }
    })
}
function outbound(view: CaseView, operation: Operation, states: string[]) {
  return view.outbound.filter((leg) => leg.operation_id === operation.id && states.includes(leg.state))
    .map((leg, i) => ({ value: leg.id, label: [leg.carrier, leg.tracking, heldIn(view, leg)].filter(Boolean).join(' ') || `${t('ui.parcel')} ${i + 1}` }))
}
export const choices = (list: string, values: readonly string[]) => values.map((value) => ({ value, label: word(list, value) }))

export const rejectCodes = ['window_passed', 'not_returnable', 'evidence_missing', 'not_our_fault', 'used_by_customer', 'duplicate', 'fraud_suspected', 'other'] as const
export type RejectCode = (typeof rejectCodes)[number]
export const faults = ['customer', 'merchant', 'courier', 'platform', 'unknown'] as const
export const grades = ['pass', 'opened', 'used', 'damaged', 'wrong_item', 'counterfeit'] as const
export const dispositions = ['restock', 'refurbish', 'scrap', 'return_to_customer', 'return_to_supplier', 'hold'] as const
export const interventions = ['none', 'requested', 'in_progress', 'ruled_for_buyer', 'ruled_for_seller'] as const
export const rulings = ['platform_ruling', 'lead_decision', 'carrier_pays', 'goodwill'] as const

/** Those of the texts that were said. */
const said = (v: Values, ...keys: string[]) => Object.fromEntries(keys.filter((key) => v[key]).map((key) => [key, String(v[key])]))
const plain: Form = { fields: [], body: () => ({}) }

function typed<V extends Verb>(_verb: V, fields: Field[], body: (values: Values) => VerbBody<V>, rest: Partial<Form> = {}): Form {
  return { fields, body, ...rest }
}

/** What a case must hold before it is closed, as far as it does not. */
function missingFields(act: Act): Field[] {
  const asks: Record<string, Field> = {
    topic: { kind: 'text', key: 'topic', required: true, max: 200 },
    satisfied: { kind: 'choice', key: 'satisfied', options: choices('satisfied', ['yes', 'no', 'no_answer']) },
    prevention: { kind: 'area', key: 'prevention', required: true, max: 4000 },
  }
  return (act.params?.facts ?? '').split(',').flatMap((fact) => asks[fact] ?? [])
}

/** The form of an act, or undefined for an act that this console does not know (a newer service). `events`: of the case, where they were read. */
export function formOf(act: Act, view: CaseView, events?: TimelineEvent[]): Form | undefined {
  const matter = matterForm(act, view)
  if (matter) return matter
  if (act.command === 'close')
    return {
      fields: [
        { kind: 'choice', key: 'cause_code', options: choices('cause', causes), initial: view.case.cause_code },
        { kind: 'choice', key: 'responsibility', options: choices('fault', faults), initial: view.case.responsibility || operationOf(view, act)?.fault },
        { kind: 'area', key: 'summary', required: true, max: 500 },
        ...missingFields(act),
      ],
      body: (v) => v,
    }
  if (act.command === 'request') return requestForm(view)
  if (act.command === 'hear_platform') {
    const known = view.case.platform
    return {
      fields: [
        { kind: 'text', key: 'external_ref', required: true, max: 64, initial: known?.external_ref },
        { kind: 'choice', key: 'intervention', options: choices('intervention', interventions), initial: known?.intervention },
        { kind: 'time', key: 'deadline_at', initial: clockText(known?.deadline_at, view.zone) },
        { kind: 'tick', key: 'cannot_refuse', initial: known?.cannot_refuse },
      ],
      more: (v) => (v.intervention === 'ruled_for_buyer' ? [{ kind: 'money', key: 'ruled_minor', initial: known?.ruled_minor || view.case.amount_minor }] : []),
      body: (v) => ({
        external_ref: String(v.external_ref).trim(),
        intervention: v.intervention,
        ...(v.intervention === 'ruled_for_buyer' ? { ruled_minor: Number(v.ruled_minor) } : {}),
        ...(v.deadline_at ? { deadline_at: v.deadline_at === clockText(known?.deadline_at, view.zone) ? known!.deadline_at : instantOf(String(v.deadline_at), view.zone) } : {}),
        cannot_refuse: !!v.cannot_refuse,
      }),
    }
  }
  const operation = operationOf(view, act)
  if (!operation) return undefined
  switch (act.command as Verb) {
    case 'approve':
    case 'appeal':
      return plain
    case 'ask_info':
      return typed('ask_info', [{ kind: 'area', key: 'question', required: true, max: 1000 }], (v) => ({ question: String(v.question) }))
    case 'give_info':
      return typed('give_info', [{ kind: 'photos', key: 'photo_ref' }], (v) => ({ ...(v.photo_ref ? { photo_ref: String(v.photo_ref) } : {}) }))
    case 'reject':
      return typed('reject', [{ kind: 'choice', key: 'code', options: choices('reject', rejectCodes) }], (v) => ({ code: v.code as RejectCode, note: String(v.note).trim() }), {
        more: (v) => (v.code ? [{ kind: 'area', key: 'note', name: 'told', required: true, max: 4000, initial: refusalWords(v.code as RejectCode, view, operation, events) }] : []),
      })
    case 'change_kind':
      return typed('change_kind', [{ kind: 'choice', key: 'ask', options: kindChoices(), initial: operation.kind === 'exchange' ? 'return_refund' : 'exchange' }], (v) => ({
        kind: kindOf(v), ...(wayOf(v) === 'none' ? {} : { sub_kind: wayOf(v) }), customer_consent: !!v.customer_consent,
        ...(askOf(kindOf(v), wayOf(v)).chooses && (v.new_sku || v.other_price)
          ? { lines: view.lines.filter((line) => line.operation_id === operation.id).map((line) => ({ order_line_id: line.order_line_id, qty: line.qty, ...gets(v) })) } : {}),
      }), { more: (v) => [
        ...(waysOf(kindOf(v)).length > 1 ? [{ kind: 'choice', key: 'sub_kind', options: wayChoices(kindOf(v)), initial: wayOf(v) } as const] : []),
        ...(askOf(kindOf(v), wayOf(v)).chooses ? getsFields(v) : []),
        { kind: 'tick', key: 'customer_consent', required: true },
      ] })
    case 'answer_check':
      return typed('answer_check', [{ kind: 'choice', key: 'result', name: 'found', options: choices('check_result', ['confirmed', 'refuted', ...(operation.sub_kind === 'unshipped_cancel' ? ['already_shipped'] : [])]) }],
        (v) => ({ result: v.result as 'confirmed', ...(v.carrier ? { carrier: String(v.carrier) } : {}), ...(v.tracking ? { tracking: String(v.tracking) } : {}) }),
        { more: (v) => (operation.sub_kind === 'intercept' && v.result === 'confirmed' ? [{ kind: 'text', key: 'carrier', max: 60 }, { kind: 'text', key: 'tracking', max: 60 }] : []) })
    case 'reserve':
      return typed('reserve', [{ kind: 'choice', key: 'state', name: 'stock', options: choices('stock', ['reserved', 'backordered', 'out_of_stock']), initial: 'reserved' }],
        (v) => ({ state: v.state as 'reserved', ...(v.until ? { until: instantOf(String(v.until), view.zone) } : {}) }),
        { more: (v) => (v.state === 'out_of_stock' ? [] : [{ kind: 'time', key: 'until', required: v.state === 'backordered' }]) })
    case 'swap':
      return typed('swap', [], (v) => ({
        customer_consent: !!v.customer_consent,
        lines: view.lines.filter((line) => line.operation_id === operation.id).map((line) => ({ order_line_id: line.order_line_id, qty: line.qty, ...gets(v) })),
      }), { more: (v) => [...getsFields(v), { kind: 'tick', key: 'customer_consent', required: true }] })
    case 'collected':
      return typed('collected', [{ kind: 'text', key: 'provider', max: 60 }, { kind: 'text', key: 'reference', max: 120 }],
        (v) => ({ ...(v.provider ? { provider: String(v.provider) } : {}), ...(v.reference ? { reference: String(v.reference) } : {}) }))
    case 'diagnose': {
      const until = Number(act.params?.warranty_until ?? 0)
      return typed('diagnose', [
        { kind: 'tick', key: 'repairable', initial: true }, { kind: 'tick', key: 'warranty', initial: until > Date.now(), hint: until ? t(until > Date.now() ? 'ui.warranty_until' : 'ui.warranty_over', { day: when(until, view.zone) }) : undefined },
        { kind: 'money', key: 'parts_minor', initial: 0 }, { kind: 'money', key: 'labour_minor', initial: 0 },
      ], (v) => ({ repairable: !!v.repairable, warranty: !!v.warranty, parts_minor: Number(v.parts_minor), labour_minor: Number(v.labour_minor) }))
    }
    case 'quote_repair':
      return typed('quote_repair', [{ kind: 'money', key: 'price_minor', initial: (operation.parts_minor ?? 0) + (operation.labour_minor ?? 0) }, { kind: 'time', key: 'promised_at', name: 'done_by' }],
        (v) => ({ price_minor: Number(v.price_minor), ...(v.promised_at ? { promised_at: instantOf(String(v.promised_at), view.zone) } : {}) }))
    case 'answer_quote':
      return typed('answer_quote', [{ kind: 'choice', key: 'quote_answer', options: [
        { value: 'accepted', label: t('ui.accepts_price', { amount: money(operation.asked_minor ?? 0, operation.currency) }) }, { value: 'declined', label: t('ui.declines_price') },
      ] }], (v) => ({ accepted: v.quote_answer === 'accepted' }))
    case 'repair_step': {
      const steps: Record<string, readonly string[]> = { repairing: ['repaired', 'parts_wanted', 'gave_up'], waiting_parts: ['parts_came', 'gave_up'], testing: ['test_passed', 'test_failed', 'gave_up'] }
      const options = choices('repair_step', steps[operation.repair ?? ''] ?? [])
      return typed('repair_step', [{ kind: 'choice', key: 'step', options, initial: options[0]?.value }], (v) => ({ step: v.step as 'repaired' }))
    }
    case 'recover':
      return plain
    case 'write_off':
      return typed('write_off', [{ kind: 'money', key: 'collect_minor', initial: 0 }], (v) => ({ collect_minor: Number(v.collect_minor) }))
    case 'withdraw':
      return typed('withdraw', [{ kind: 'lines', key: 'lines', lines: toShip(view, operation) }], (v) => ({ lines: v.lines as never }))
    case 'ship_back':
      return typed('ship_back', [
        { kind: 'text', key: 'carrier', required: true, max: 60 },
        { kind: 'text', key: 'tracking', required: true, max: 60 },
        { kind: 'lines', key: 'lines', lines: toShip(view, operation) },
      ], (v) => ({ carrier: String(v.carrier), tracking: String(v.tracking), lines: v.lines as never }))
    case 'arrive': {
      const legs = parcels(view, operation)
      const options = [...legs.map((leg) => ({ value: leg.id, label: parcelName(leg) })), ...(toShip(view, operation).length ? [{ value: 'unannounced', label: t('ui.parcel_unannounced') }] : [])]
      return typed('arrive', [{ kind: 'choice', key: 'inbound_leg_id', options, initial: options[0]?.value }, { kind: 'text', key: 'external_id', max: 60 }],
        (v) => ({ ...(v.inbound_leg_id === 'unannounced' ? {} : { inbound_leg_id: String(v.inbound_leg_id) }), ...(v.external_id ? { external_id: String(v.external_id) } : {}), lines: v.lines as never }),
        { more: (v) => [{ kind: 'lines', key: 'lines', zero: true, of: String(v.inbound_leg_id), lines: v.inbound_leg_id === 'unannounced' ? toShip(view, operation) : parcelLines(view, String(v.inbound_leg_id)) }] })
    }
    case 'carrier_lost': {
      const options = parcels(view, operation).map((leg) => ({ value: leg.id, label: parcelName(leg) }))
      return typed('carrier_lost', [{ kind: 'choice', key: 'inbound_leg_id', options, initial: options[0]?.value }], (v) => ({ inbound_leg_id: String(v.inbound_leg_id) }))
    }
    case 'open_recall': {
      const lines = linesLeft(view, operation, (line) => line.qty - line.released)
      return typed('open_recall', [{ kind: 'text', key: 'sku', required: true, max: 128 }, { kind: 'text', key: 'name', max: 500 }, ...whichOf(lines, 'instead_of')], (v) => {
        const [line] = v.lines as { order_line_id: string; qty: number }[]
        return { sku: String(v.sku).trim(), qty: line?.qty ?? 1, ...(line ? { order_line_id: line.order_line_id } : {}), ...said(v, 'name', 'carrier', 'tracking') }
      }, { more: (v) => [piecesOf(lines, v, 1), { kind: 'text', key: 'carrier', max: 60 }, { kind: 'text', key: 'tracking', max: 60 }] })
    }
    case 'recall_arrived': {
      const legs = recalls(view, operation, (leg) => (leg.state === 'lost' ? 0 : (leg.qty ?? 0) - (leg.arrived ?? 0)))
      return typed('recall_arrived', whichOf(legs, 'inbound_leg_id'), (v) => {
        const [leg] = v.lines as { order_line_id: string; qty: number }[]
        return { inbound_leg_id: leg?.order_line_id ?? '', qty: leg?.qty ?? 1 }
      }, { more: (v) => [piecesOf(legs, v)] })
    }
    case 'inspect_recall': {
      const legs = recalls(view, operation, (leg) => (leg.arrived ?? 0) - lookedAt(view, leg.id))
      return typed('inspect_recall', whichOf(legs, 'inbound_leg_id'), (v) => {
        const [leg] = v.lines as { order_line_id: string; qty: number }[]
        return { inbound_leg_id: leg?.order_line_id ?? '', qty: leg?.qty ?? 1, grade: v.grade as 'pass', disposition: v.disposition as 'restock', ...said(v, 'photo_ref') }
      }, {
        more: (v) => [
          piecesOf(legs, v),
          { kind: 'choice', key: 'grade', options: choices('grade', grades), initial: 'pass' },
          { kind: 'choice', key: 'disposition', options: choices('disposition', dispositions), initial: 'restock' },
          { kind: 'photos', key: 'photo_ref' },
        ],
      })
    }
    case 'end_recall': {
      const options = recalls(view, operation, (leg) => (['expected', 'in_transit'].includes(leg.state) ? 1 : 0)).map((leg) => ({ value: leg.order_line_id, label: leg.label }))
      return typed('end_recall', [{ kind: 'choice', key: 'inbound_leg_id', options, initial: options[0]?.value }], (v) => ({ inbound_leg_id: String(v.inbound_leg_id) }))
    }
    case 'accept':
      return typed('accept', [{ kind: 'money', key: 'deduction_minor', initial: 0, ceiling: act.amount_minor || undefined }], (v) => ({ deduction_minor: Number(v.deduction_minor) }))
    case 'agree':
      if (operation.kind === 'exchange')
        return typed('agree', [{ kind: 'tick', key: 'replace', initial: true }, { kind: 'money', key: 'net_minor', initial: 0 }],
          (v) => ({ net_minor: Number(v.net_minor), customer_consent: !!v.customer_consent, replace: !!v.replace, ...(v.replace ? { collect_minor: Number(v.collect_minor) } : {}) }),
          { more: (v) => [...(v.replace ? [{ kind: 'money', key: 'collect_minor', initial: 0 } as const] : []), { kind: 'tick', key: 'customer_consent', required: true }] })
      return typed('agree', [{ kind: 'money', key: 'net_minor', initial: act.amount_minor ?? 0, ceiling: act.amount_minor || undefined }, { kind: 'tick', key: 'customer_consent', required: true }],
        (v) => ({ net_minor: Number(v.net_minor), customer_consent: !!v.customer_consent }))
    case 'send_back':
      return typed('send_back', [{ kind: 'tick', key: 'address_confirmed', required: true }], (v) => ({ address_confirmed: !!v.address_confirmed }))
    case 'dispatch': {
      const options = outbound(view, operation, ['planned', 'reserved'])
      return typed('dispatch', [
        { kind: 'choice', key: 'outbound_leg_id', options, initial: options[0]?.value },
        { kind: 'text', key: 'carrier', required: true, max: 60 },
        { kind: 'text', key: 'tracking', required: true, max: 60 },
      ], (v) => ({ outbound_leg_id: String(v.outbound_leg_id), carrier: String(v.carrier), tracking: String(v.tracking) }))
    }
    case 'delivered': {
      const sent = outbound(view, operation, ['dispatched'])
      const options = sent.length ? sent : outbound(view, operation, ['lost']).slice(-1) // the one lost last may turn up
      return typed('delivered', [{ kind: 'choice', key: 'outbound_leg_id', options, initial: options[0]?.value }], (v) => ({ outbound_leg_id: String(v.outbound_leg_id) }))
    }
    case 'outbound_lost': {
      const options = outbound(view, operation, ['dispatched'])
      return typed('outbound_lost', [{ kind: 'choice', key: 'outbound_leg_id', options, initial: options[0]?.value }], (v) => ({ outbound_leg_id: String(v.outbound_leg_id) }))
    }
    case 'resend':
      return typed('resend', [{ kind: 'tick', key: 'address_confirmed', required: true }], (v) => ({ address_confirmed: !!v.address_confirmed }))
    case 'rule':
      return typed('rule', [{ kind: 'money', key: 'amount_minor', initial: act.amount_minor ?? 0 }, { kind: 'choice', key: 'reason', options: choices('ruling', rulings) }],
        (v) => ({ amount_minor: Number(v.amount_minor), reason: String(v.reason) }))
    case 'submit_refund':
      return typed('submit_refund', [], () => ({}))
    case 'refund_result': {
      const options = view.attempts
        .filter((attempt) => attempt.state === 'submitted' || attempt.state === 'unknown')
        .map((attempt) => ({ value: attempt.id, label: `${money(view.money.find((leg) => leg.id === attempt.money_leg_id)?.amount_minor ?? 0, operation.currency)} · ${when(attempt.submitted_at, view.zone)}` }))
      return typed('refund_result', [
        { kind: 'choice', key: 'attempt_id', options, initial: options[0]?.value },
        { kind: 'choice', key: 'result', options: ['ok', 'fail', 'unknown'].map((value) => ({ value, label: t(`ui.mark_title.${value}`) })) },
        { kind: 'text', key: 'provider_ref', max: 120 },
      ], (v) => ({ attempt_id: String(v.attempt_id), result: v.result as 'ok', ...(v.provider_ref ? { provider_ref: String(v.provider_ref) } : {}) }))
    }
    default:
      return undefined
  }
}
