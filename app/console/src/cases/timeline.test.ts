import { beforeAll, expect, test } from 'vitest'
import type { CaseView, TimelineEvent } from '../api/types'
import { allTexts, t, useLocale } from '../text/i18n'
import { lineOf } from './timeline'

beforeAll(() => useLocale('zh-CN').then(allTexts))

const zero = { goods_minor: 0, shipping_minor: 0, return_shipping_minor: 0, fee_minor: 0, deduction_minor: 0, net_minor: 0 }
const at = Date.parse('2026-11-27T04:00:00Z')
const operation = (kind: string, rest: object = {}) => ({ id: 'o', kind, decision: 'settling', quote: zero, settled: zero, currency: 'CNY', ...rest })
const view = (of: object, rest: object = {}) => ({
  case: { currency: 'CNY' }, operations: [of], inbound: [], outbound: [], outbound_lines: [], tasks: [], zone: 'UTC',
  lines: [{ id: 'l', operation_id: 'o', order_line_id: 'x', qty: 1, new_sku: 'LX-20-L', new_name: '行李箱 20 寸' }],
  order: [{ order: {}, lines: [{ id: 'x', sku: 'LX-20', name: '登机箱' }], units: [] }], ...rest,
}) as unknown as CaseView
function said(type: string, data: object, of: CaseView): string {
  const line = lineOf({ seq: 1, type: `${type}/1`, at, actor_name: '林珂', data } as unknown as TimelineEvent, of)
  return t(line.key, line.params as Record<string, string>)
}
const leg = (purpose: string) => ({ id: 'g', operation_id: 'o', purpose, state: 'planned' })
const held = [{ outbound_leg_id: 'g', operation_line_id: 'l', qty: 1 }]

test('an exchange says which goods go out, from the request to the door', () => {
  const of = view(operation('exchange'), { outbound: [leg('replacement')], outbound_lines: held })
  expect(said('operation_requested', { operation: operation('exchange', { reason: 'quality', fault: 'merchant' }), lines: of.lines }, of)).toBe('林珂 申请换货 1 件，换成 行李箱 20 寸 · LX-20-L ×\u00a01，原因 质量问题，责任 商家')
  expect(said('operation_approved', { operation_id: 'o', quote: zero, ship_by_at: at }, of)).toBe('林珂 同意换货，11-27 前寄回旧的')
  expect(said('batch_settled', { operation_id: 'o', by: 'accept', quote: zero, lines: [{ accepted: 1, written_off: 0 }] }, of)).toBe('林珂 按验货，收下旧的 1 件')
  expect(said('outbound_planned', { leg: leg('replacement'), lines: held }, of)).toBe('待发出 行李箱 20 寸 · LX-20-L ×\u00a01')
  expect(said('goods_dispatched', { outbound_leg_id: 'g', carrier: '顺丰', tracking: 'SF1' }, of)).toBe('林珂 寄出 行李箱 20 寸 · LX-20-L ×\u00a01，顺丰 SF1')
  expect(said('goods_delivered', { outbound_leg_id: 'g', lines: held }, of)).toBe('新发的商品已签收，行李箱 20 寸 · LX-20-L ×\u00a01')
})

test('what we did not take goes back as their own, and money in an exchange stays money', () => {
  const of = view(operation('exchange'), { outbound: [leg('send_back')], outbound_lines: held })
  expect(said('goods_dispatched', { outbound_leg_id: 'g', carrier: '顺丰', tracking: 'SF1' }, of)).toBe('林珂 寄出 登机箱 ×\u00a01，顺丰 SF1')
  expect(said('goods_delivered', { outbound_leg_id: 'g', lines: held }, of)).toBe('寄回客户的货已签收')
  expect(said('batch_settled', { operation_id: 'o', by: 'agree', quote: { ...zero, net_minor: 500 }, lines: [{ accepted: 1, written_off: 0 }] }, of)).toBe('林珂 和客户商定，结算 1 件，¥5.00')
})

test('a repair says its price, and what the customer answered', () => {
  const of = view(operation('repair'), { outbound: [leg('repaired')], outbound_lines: held })
  const went = (stage: string, rest: object = {}) => said('repair_went', { operation_id: 'o', stage, quote: zero, ...rest }, of)
  expect(went('quoted')).toBe('林珂 检测完，待报价')
  expect(went('quoted', { price_minor: 5850 })).toBe('林珂 给客户报维修价 ¥58.50')
  expect(went('quoted', { price_minor: 5850, promised_at: Date.parse('2020-12-01T00:00:00Z') })).toBe('林珂 给客户报维修价 ¥58.50，答应 2020-12-01 00:00 前修好')
  expect(went('repairing', { price_minor: 5850, quote: { ...zero, collect_minor: 5850 } })).toBe('林珂 登记客户接受维修价 ¥58.50')
  expect(went('unrepaired', { price_minor: 5850 })).toBe('林珂 登记客户不接受维修价 ¥58.50，不修退回')
  expect(went('testing', { price_minor: 5850 })).toBe('林珂 登记维修进度：测试')
  expect(said('operation_approved', { operation_id: 'o', quote: zero, ship_by_at: at }, of)).toBe('林珂 同意维修，11-27 前寄来')
  expect(said('outbound_planned', { leg: leg('repaired'), lines: held }, of)).toBe('修好了，待寄给客户，登机箱 ×\u00a01')
})

test('goodwill has its sum and no pieces', () => {
  const goodwill = operation('refund_only', { sub_kind: 'goodwill', asked_minor: 1032, reason: 'goodwill', fault: 'merchant' })
  const of = view(goodwill, { lines: [] })
  const moves = { money: [{ amount_minor: 1032 }] }
  expect(said('operation_requested', { operation: goodwill, lines: [] }, of)).toBe('林珂 申请补偿 ¥10.32，责任 商家')
  expect(said('operation_approved', { operation_id: 'o', quote: zero, ship_by_at: 0 }, of)).toBe('林珂 同意补偿 ¥10.32')
  expect(said('batch_settled', { operation_id: 'o', by: 'approval', quote: zero, lines: [], moves }, of)).toBe('林珂 按同意的，补偿 ¥10.32')
  expect(said('operation_rejected', { operation_id: 'o', code: 'other' }, of)).toMatch(/^林珂 拒绝补偿，/)
})

test('a return is told as ever', () => {
  const of = view(operation('return_refund'))
  expect(said('operation_approved', { operation_id: 'o', quote: { ...zero, net_minor: 31027 }, ship_by_at: at }, of)).toBe('林珂 同意退货，报价 ¥310.27，11-27 前寄回')
})

test('whoever asks for approval says so, with what for and its sum', () => {
  const asks = (department: string, operation_id?: string) => ({ word: 'ask_task', matter: {}, moves: { tasks: [{ code: 'approval', department, operation_id }] } })
  const goodwill = view(operation('refund_only', { sub_kind: 'goodwill', asked_minor: 26000, decision: 'requested' }), { lines: [] })
  expect(said('matter_moved', asks('lead', 'o'), goodwill)).toBe('林珂 请主管批准 补偿 ¥260.00')
  const back = view(operation('return_refund', { quote: { ...zero, net_minor: 31027 }, decided_at: at - 1 }))
  expect(said('matter_moved', asks('finance', 'o'), back)).toBe('林珂 请财务批准 提交退款 ¥310.27')
  expect(said('matter_moved', asks('lead'), back)).toBe('林珂 请主管批准')
  expect(said('matter_moved', { word: 'ask_task', matter: {}, moves: { tasks: [{ code: 'asked', department: 'warehouse' }] } }, back)).toBe('林珂 派任务')
})
