import { expect, test } from 'vitest'
import type { Act, CaseView } from '../api/types'
import { useLocale } from '../text/i18n'
import { actChoices, moveChoices } from './choices'

const act = (command: string, rest: Partial<Act> = {}) => ({ command, operation_id: 'o', legal: false, code: 'wrong_state', params: { state: 'arrived', allowed: 'rejected' }, ...rest }) as Act
const view = (...acts: Act[]) => ({ case: { amount_minor: 31027, currency: 'CNY' }, operations: [{ id: 'o', currency: 'CNY' }], lines: [], inbound: [], inbound_lines: [], outbound: [], attempts: [], order: [], acts, zone: 'UTC' }) as unknown as CaseView

test('columns that a case may go to come first, with the act; the others say why', async () => {
  await useLocale('zh-CN')
  const choices = moveChoices(view(act('accept', { code: 'nothing_to_accept' }), act('inspect', { legal: true }), act('approve'), act('reject')), 'arrived')
  expect(choices.filter((one) => !one.why).map((one) => [one.to, one.hint])).toEqual([['inspected', '登记验货'], ['disputed', '登记验货']])
  expect(choices.findIndex((one) => one.why)).toBe(2)
  expect(choices.some((one) => one.to === 'arrived')).toBe(false)
  expect(choices.find((one) => one.to === 'settling')!.why).toMatch(/。$/)
  expect(choices.find((one) => one.to === 'rejected')!.why).toContain('已到仓')
  expect(new Set(choices.map((one) => one.to)).size).toBe(8)
})

test('a column that two acts lead to has a line for each', () => {
  const choices = moveChoices(view(act('submit_refund', { legal: true, amount_minor: 31027 }), act('refund_result', { legal: true })), 'settling')
  expect(choices.filter((one) => one.to === 'settled').map((one) => one.hint)).toEqual(['提交退款 ¥310.27', '登记退款结果'])
})

test('what is over moves nowhere, and says so', () => {
  const choices = moveChoices(view(), 'rejected')
  expect([...new Set(choices.map((one) => one.why))]).toEqual(['这件已经结束，不再移动。'])
})

test('acts that the console has no dialog for are not offered', () => {
  expect(actChoices(view(act('teleport', { legal: true }), act('approve', { legal: true }))).map((one) => one.act?.command)).toEqual(['approve'])
})
