import { answer, client } from '../api/client'
import type { CaseView, Operation } from '../api/types'
import { t, word } from '../text/i18n'
import { day, money } from '../ui/format'

/** The operation whose goods the customer is to send, if any. */
export const toGuide = (view: CaseView): Operation | undefined => view.operations.find((one) => one.header === 'awaiting_goods' && !!one.ship_by_at)

/** What the customer has to know to send goods back: until when, where to, and what happens then. To be read before it is sent. */
export async function guidance(view: CaseView, operation: Operation): Promise<string> {
  const path = { case_id: view.case.id, operation_id: operation.id }
  const [label, policies] = await Promise.all([
    answer(client.GET('/api/v1/cases/{case_id}/operations/{operation_id}/label', { params: { path } })),
    answer(client.GET('/api/v1/policies', { params: { query: { shop_id: view.case.shop_id } } })),
  ])
  const terms = policies.items.find((one) => one.id === operation.policy_id)?.terms
  const to = [label.to.return_name, label.to.return_phone, label.to.return_address].filter(Boolean).join('  ') || t('ui.guide.no_address')
  const then = operation.kind === 'return_refund'
    ? t(terms ? 'ui.guide.refund' : 'ui.guide.refund_soon', { amount: money(operation.quote.net_minor, operation.currency), hours: terms?.refund_hours ?? 0 })
    : t(`ui.guide.${operation.kind === 'repair' ? 'repair' : 'exchange'}`)
  return [
    t('ui.guide.approved', { kind: word('kind', operation.kind), number: view.case.number }),
    t('ui.guide.send', { day: day(operation.ship_by_at, view.zone) }), to,
    ...label.lines.map((line) => `· ${line.name || line.sku} × ${line.qty}`),
    t('ui.guide.note', { number: label.number }), then,
  ].join('\n')
}
