import type { CaseView, Operation, TimelineEvent } from '../api/types'
import { inner, t, word } from '../text/i18n'
import { day } from '../ui/format'
import type { RejectCode } from './forms'

/** What the customer reads when their request is refused: polite, with what it rests on. A person changes it as they like before it is sent. */
export function refusalWords(code: RejectCode, view: CaseView, operation: Operation, events: TimelineEvent[] = []): string {
  const lines = view.lines.filter((line) => line.operation_id === operation.id).map((line) => view.order[0]?.lines.find((one) => one.id === line.order_line_id))
  const goods = [...new Set(lines.map((line) => line?.name || line?.sku))].filter(Boolean).map((name) => t('ui.reject_words.goods', { name: name! })).join(t('ui.list_gap'))
  const about = { kind: inner(word('kind', operation.kind)), goods: goods || t('ui.reject_words.these_goods') }
  const asked = events.find((event) => event.type.startsWith('operation_requested/') && (event.data as { operation?: Operation }).operation?.id === operation.id)
  const ended = (asked?.data as { window_ends_at?: number } | undefined)?.window_ends_at
  if (code === 'window_passed' && asked && ended && ended < asked.at) return t('ui.reject_words.window_passed_on', { ...about, day: day(ended, view.zone) })
  return t(`ui.reject_words.${code}`, about)
}
