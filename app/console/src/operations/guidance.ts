import { answer, client } from '../api/client'
import type { CaseView, Operation, PolicyTerms } from '../api/types'
import { t, word } from '../text/i18n'
import { day, money } from '../ui/format'

/** The operation whose goods the customer is to send, if any. */
export const toGuide = (view: CaseView): Operation | undefined => view.operations.find((one) => one.header === 'awaiting_goods' && !!one.ship_by_at)

/** The place of a return address that nobody has said: words with it are not for the customer yet. */
export const lacksAddress = (words: string) => words.includes(t('ui.guide.no_address'))

/** What happens once the goods are here, and within which time as far as the terms are known. */
export function nextStep(operation: Operation, terms?: PolicyTerms): string {
  const soon = terms ? '' : '_soon'
  const hours = terms?.inspection_working_hours ?? 0
  if (operation.kind === 'return_refund') return t(`ui.guide.refund${soon}`, { amount: money(operation.quote.net_minor, operation.currency), hours: terms?.refund_hours ?? 0 })
  return operation.kind === 'repair' ? t(`ui.guide.repair${soon}`, { hours, repair: terms?.repair_working_hours ?? 0 }) : t(`ui.guide.exchange${soon}`, { hours })
}

/** What the customer has to know to send goods back: until when, where to, and what happens then. To be read before it is sent. */
export async function guidance(view: CaseView, operation: Operation): Promise<string> {
  const path = { case_id: view.case.id, operation_id: operation.id }
  const [label, policies] = await Promise.all([
    answer(client.GET('/api/v1/cases/{case_id}/operations/{operation_id}/label', { params: { path } })),
    answer(client.GET('/api/v1/policies', { params: { query: { shop_id: view.case.shop_id } } })),
  ])
  const terms = policies.items.find((one) => one.id === operation.policy_id)?.terms
  const to = [label.to.return_name, label.to.return_phone, label.to.return_address || t('ui.guide.no_address')].filter(Boolean).join('  ')
  return [
    t('ui.guide.approved', { kind: word('kind', operation.kind), number: view.case.number }),
    t('ui.guide.send', { day: day(operation.ship_by_at, view.zone) }), to,
    ...label.lines.map((line) => `· ${line.name || line.sku} × ${line.qty}`),
    t('ui.guide.note', { number: label.number }), nextStep(operation, terms),
  ].join('\n')
}
