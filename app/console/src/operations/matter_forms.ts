import type { Act, CaseView } from '../api/types'
import { departments } from '../staff/departments'
import { t } from '../text/i18n'
import { when } from '../ui/format'
import { instantOf } from '../ui/worktime'
import { causes } from '../cases/causes'
import { choices, faults, type Field, type Form, type Values } from './forms'

/** What the acts of a complaint, consultation, review or thing to look after ask. Each may bring words, which become a note. */
const mustSay = ['acknowledge', 'propose', 'review', 'update_customer', 'answer', 'ask_customer', 'ask_task']
const steps = ['acknowledge', 'verify', 'accept_proposal', 'decline_proposal', 'execute', 'retract', 'answer', 'ask_customer', 'wait_internal', 'triage', 'start_work']
/** They are always at hand, and never take a button's place. */
export const atHand: readonly string[] = ['classify', 'escalate', 'outside', 'convert', 'ask_task', 'update_customer', 'hear_platform']
/** Acts of the case as a whole, by the last part of their routes. */
export const matterActs: readonly string[] = [...steps, 'propose', 'update_customer', 'escalate', 'follow_up', 'review', 'plan_contact', 'record_contact', 'decide_remedy', 'record_outcome', 'finish_work', 'classify', 'outside', 'convert', 'ask_task']

export const caseKinds = ['return_refund', 'refund_only', 'exchange', 'repair', 'reissue', 'complaint', 'consultation', 'review_followup', 'logistics_exception', 'order_check', 'unpaid_reminder', 'stock_out', 'product_defect', 'incident'] as const
export const taskResults = ['done', 'confirmed', 'not_confirmed', 'not_possible'] as const
/** What the customer really wants. */
export const intents = ['unsaid', 'information', 'help_with_use', 'money_back', 'other_goods', 'repair', 'compensation', 'faster', 'apology', 'cancel'] as const
export const emotions = ['unsaid', 'calm', 'worried', 'upset', 'angry', 'threatening'] as const
const severities = [1, 2, 3, 4].map((n) => ({ value: String(n), label: String(n) }))

export function matterForm(act: Act, view: CaseView): Form | undefined {
  const matter = view.case.matter
  /** Whose fault the facts say it is; it may stay open. */
  const responsible: Field = { kind: 'choice', key: 'responsibility', options: choices('fault', faults), initial: view.case.responsibility, optional: true }
  const said = (v: Values) => (v.responsibility ? { responsibility: v.responsibility } : {})
  const at = (value: unknown) => instantOf(String(value), view.zone)
  const asks: Record<string, [Field[], (v: Values) => object]> = {
    propose: [
      [...(view.order.length ? [{ kind: 'money', key: 'amount_minor', name: 'proposal_minor', initial: 0 } as const] : []), { kind: 'time', key: 'answer_by' }, responsible],
      (v) => ({ amount_minor: Number(v.amount_minor ?? 0), ...(v.answer_by ? { answer_by: at(v.answer_by) } : {}), ...said(v) }),
    ],
    update_customer: [[{ kind: 'time', key: 'promised_at', required: true }], (v) => ({ promised_at: at(v.promised_at) })],
    follow_up: [[{ kind: 'choice', key: 'satisfied', options: choices('satisfied', ['yes', 'no', 'no_answer']) }], (v) => ({ satisfied: v.satisfied })],
    review: [
      [{ kind: 'choice', key: 'cause_code', options: choices('cause', causes) }, { kind: 'choice', key: 'responsibility', options: choices('fault', faults), initial: view.case.responsibility }],
      (v) => ({ cause_code: v.cause_code, responsibility: v.responsibility }),
    ],
    plan_contact: [[{ kind: 'time', key: 'at', required: true }], (v) => ({ at: at(v.at) })],
    record_contact: [[{ kind: 'choice', key: 'result', name: 'contact_result', options: choices('contact_result', ['reached', 'no_answer', 'refused']) }], (v) => ({ result: v.result })],
    decide_remedy: [[{ kind: 'pick', key: 'linked_case_id', from: 'cases' }], (v) => (v.linked_case_id ? { linked_case_id: v.linked_case_id } : {})],
    record_outcome: [[{ kind: 'choice', key: 'outcome', options: choices('outcome', ['unchanged', 'updated_by_customer', 'appealed_to_platform', 'no_response', 'do_not_contact']) }], (v) => ({ outcome: v.outcome })],
    finish_work: [[{ kind: 'choice', key: 'outcome', options: choices('outcome', ['solved', 'not_solved', 'not_needed']) }], (v) => ({ outcome: v.outcome })],
    classify: [
      [
        { kind: 'choice', key: 'severity', options: severities, initial: String(matter?.severity ?? 3) },
        { kind: 'choice', key: 'emotion', options: choices('emotion', emotions), initial: matter?.emotion ?? 'unsaid' },
        { kind: 'choice', key: 'intent', options: choices('intent', intents), initial: matter?.intent ?? 'unsaid' },
        responsible,
        { kind: 'text', key: 'topic', max: 200, initial: view.case.topic },
      ],
      (v) => ({ severity: Number(v.severity), emotion: v.emotion, intent: v.intent, ...said(v), ...(v.topic ? { topic: String(v.topic).trim() } : {}) }),
    ],
    escalate: [
      [{ kind: 'choice', key: 'department', name: 'handed_to', options: [{ value: 'none', label: t('ui.matter.lead_as_ever') }, ...choices('department', departments)], initial: 'none' }, { kind: 'time', key: 'answer_by', name: 'promised_at' }],
      (v) => ({ ...(v.department === 'none' ? {} : { department: v.department }), ...(v.answer_by ? { answer_by: at(v.answer_by) } : {}) }),
    ],
    outside: [
      [{ kind: 'choice', key: 'outside', options: choices('outside', ['platform', 'hotline_12315', 'media', 'none']), initial: matter?.outside }, { kind: 'text', key: 'outside_ref', max: 60, initial: matter?.outside_ref }],
      (v) => ({ outside: v.outside, ...(v.outside_ref ? { outside_ref: String(v.outside_ref).trim() } : {}) }),
    ],
    convert: [[{ kind: 'choice', key: 'kind', options: choices('kind', caseKinds.filter((kind) => kind !== view.case.kind)) }], (v) => ({ kind: v.kind })],
    ask_task: [
      [{ kind: 'choice', key: 'department', options: choices('department', departments) }, { kind: 'pick', key: 'owner_id', from: 'staff' }, { kind: 'time', key: 'due_at', required: true }],
      (v) => ({ department: v.department, owner_id: v.owner_id, due_at: at(v.due_at) }),
    ],
    finish_task: [[{ kind: 'choice', key: 'result', name: 'task_result', options: choices('task_result', taskResults) }], (v) => ({ result: v.result })],
  }
  const told = (v: Values) => act.command === 'escalate' && !!v.answer_by // then the words go to the customer
  if (!steps.includes(act.command) && !(act.command in asks)) return undefined
  const [fields, body] = asks[act.command] ?? [[], () => ({})]
  return {
    fields,
    more: (v) => [{ kind: 'area', key: 'note', ...(told(v) ? { name: 'told' } : {}), required: mustSay.includes(act.command) || told(v), max: 4000, ...(told(v) ? { initial: t('ui.matter.handed_on', { at: when(at(v.answer_by), view.zone) }) } : {}) }],
    body: (v) => ({ ...body(v), ...(String(v.note ?? '').trim() ? { note: String(v.note).trim() } : {}) }),
  }
}

/** The act that gives a task that a person asked for its result. */
export const finishAct = (taskId: string): Act => ({ command: 'finish_task', legal: true, params: { task_id: taskId } })

/** The line of stages a case of this kind goes through; a detour (declined, taken back) stands in the place of what it left. */
const lines: Partial<Record<CaseView['case']['kind'], string[]>> = {
  complaint: ['received', 'acknowledged', 'verifying', 'proposed', 'accepted', 'executing', 'follow_up', 'reviewed', 'closed'],
  consultation: ['open', 'waiting_internal', 'answered', 'closed'],
  review_followup: ['detected', 'triaged', 'contact_planned', 'contacted', 'no_remedy', 'outcome', 'closed'],
}
const detours: Record<string, string> = { declined: 'accepted', withdrawn: 'reviewed', waiting_customer: 'waiting_internal', remedy: 'no_remedy' }
export function stagesOf(c: Pick<CaseView['case'], 'kind' | 'matter'>): { stage: string; at: 'done' | 'now' | 'next' }[] {
  const now = c.matter?.stage ?? 'none'
  if (now === 'none') return []
  const line = (lines[c.kind] ?? ['open', 'working', 'done', 'closed']).map((stage) => (detours[now] === stage ? now : stage))
  const here = line.indexOf(now)
  return line.map((stage, i) => ({ stage, at: i < here ? 'done' : i === here ? 'now' : 'next' }))
}
export const maxContacts = 3
