import type { Act } from '../api/types'
import { codeText, wayText } from '../api/problem'
import { has, t } from '../text/i18n'
import { money } from '../ui/format'
import type { IconName } from '../ui/icons'

const icons: Record<string, IconName> = {
  approve: 'check', reject: 'x', ask_info: 'message-square', give_info: 'file-text', appeal: 'scale', change_kind: 'arrow-left-right', withdraw: 'undo-2',
  ship_back: 'truck', arrive: 'package-check', carrier_lost: 'package-x', inspect: 'scan-line', accept: 'circle-check', agree: 'messages-square',
  send_back: 'package-open', dispatch: 'send', delivered: 'package-check', outbound_lost: 'package-x', resend: 'package-open', rule: 'scale', submit_refund: 'wallet', refund_result: 'banknote', close: 'check',
  request: 'plus', hear_platform: 'store',
  answer_check: 'search', reserve: 'warehouse', swap: 'arrow-left-right', collected: 'wallet', diagnose: 'search', quote_repair: 'banknote', answer_quote: 'messages-square',
  repair_step: 'wrench', recover: 'package-x', write_off: 'x', open_recall: 'undo-2', recall_arrived: 'package-check', inspect_recall: 'scan-line', end_recall: 'package-x',
  acknowledge: 'heart', verify: 'search', propose: 'lightbulb', accept_proposal: 'check', decline_proposal: 'x', execute: 'zap', follow_up: 'phone', review: 'pencil',
  retract: 'undo-2', update_customer: 'send', answer: 'message-square', ask_customer: 'message-circle-question-mark', wait_internal: 'users', triage: 'star',
  plan_contact: 'calendar', record_contact: 'phone', decide_remedy: 'link', record_outcome: 'check', start_work: 'circle-dot', finish_work: 'check',
  classify: 'tag', escalate: 'arrow-up', outside: 'megaphone', convert: 'arrow-left-right', ask_task: 'list-checks', finish_task: 'list-checks',
}
export function actIcon(act: Act): IconName {
  return icons[act.command] ?? 'circle-dot'
}

function keyOf(act: Act): string {
  const plain = `act.${act.command}`
  return act.kind && act.kind !== 'return_refund' && has(`${plain}_other`) ? `${plain}_other` : plain
}

/** 提交退款: verb and object. */
export function actName(act: Act): string {
  const key = keyOf(act)
  return has(key) ? t(key) : act.command
}

/** 提交退款 ¥310.27: with the amount where money moves. */
export function actLabel(act: Act, currency: string): string {
  const key = `${keyOf(act)}_amount`
  return act.amount_minor && has(key) ? t(key, { amount: money(act.amount_minor, currency) }) : actName(act)
}

/** Why an act is not legal, and the way out. */
export function refusal(act: Act, currency: string): string {
  return [act.code ? codeText('problem', act.code, act.params, currency) : '', ...(act.remedies ?? []).map((way) => wayText(way, currency))].filter(Boolean).join(t('ui.sentence_gap'))
}
