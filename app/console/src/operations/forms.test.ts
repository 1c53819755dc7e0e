import { beforeAll, expect, test } from 'vitest'
import type { Act, CaseView } from '../api/types'
import { allTexts, useLocale } from '../text/i18n'
import { formOf, type Field } from './forms'
import { actLabel, actName } from './labels'
import { refusalWords } from './refusal_words'

beforeAll(() => useLocale('zh-CN').then(allTexts))

const view = (operation: object, rest: object = {}) => ({
  case: { amount_minor: 0, currency: 'CNY' }, operations: [{ id: 'o', currency: 'CNY', ...operation }], inbound: [], inbound_lines: [], outbound: [], outbound_lines: [], attempts: [], acts: [], zone: 'UTC',
  lines: [{ id: 'l', operation_id: 'o', order_line_id: 'x', qty: 1, new_sku: 'LX-20-L', new_name: '行李箱 20 寸' }],
  order: [{ order: {}, lines: [{ id: 'x', sku: 'BWB-500', name: '316 保温杯' }], units: [] }], ...rest,
}) as unknown as CaseView
const act = (command: string, rest: object = {}) => ({ command, operation_id: 'o', legal: true, ...rest }) as Act
const options = (field: Field | undefined) => (field?.kind === 'choice' ? field.options.map((one) => one.label) : [])

test('an answer to the price is chosen, with the price in it; what is sent stays as it was', () => {
  const form = formOf(act('answer_quote'), view({ kind: 'repair', asked_minor: 5850 }))!
  expect(options(form.fields[0])).toEqual(['接受 ¥58.50', '不接受，不修退回'])
  expect(form.fields[0]).not.toHaveProperty('initial')
  expect([form.body({ quote_answer: 'accepted' }), form.body({ quote_answer: 'declined' })]).toEqual([{ accepted: true }, { accepted: false }])
})

test('a parcel to dispatch is named by what it holds', () => {
  const outbound = [{ id: 'g', operation_id: 'o', state: 'planned', purpose: 'replacement' }, { id: 'h', operation_id: 'o', state: 'planned', purpose: 'send_back' }]
  const outbound_lines = outbound.map((leg) => ({ outbound_leg_id: leg.id, operation_line_id: 'l', qty: 1 }))
  const form = formOf(act('dispatch'), view({ kind: 'exchange' }, { outbound, outbound_lines }))!
  expect(options(form.fields[0])).toEqual(['行李箱 20 寸 · LX-20-L ×\u00a01', '316 保温杯 ×\u00a01'])
})

test('an act is called by its kind, with and without its sum', () => {
  const approve = act('approve', { kind: 'refund_only', amount_minor: 1032 })
  expect([actName(approve), actLabel(approve, 'CNY')]).toEqual(['同意申请', '同意申请 ¥10.32'])
  expect(actName(act('approve', { kind: 'return_refund' }))).toBe('同意退货')
})

test('goods stand apart from the words to the customer', () => {
  const of = view({ kind: 'return_refund' })
  expect(refusalWords('evidence_missing', of, of.operations[0]!)).toContain('核实“316 保温杯”的情况')
  expect(refusalWords('evidence_missing', { ...of, lines: [] }, of.operations[0]!)).toContain('核实这件商品的情况')
})
