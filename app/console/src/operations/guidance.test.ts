import { beforeEach, expect, test, vi } from 'vitest'
import type { CaseView, Operation } from '../api/types'
import { allTexts, t, useLocale } from '../text/i18n'
import { guidance, lacksAddress } from './guidance'

const says: { to: object; terms: object } = { to: {}, terms: {} }
vi.mock('../api/client', () => ({
  answer: (data: unknown) => Promise.resolve(data),
  client: { GET: (path: string) => (path.endsWith('label') ? { number: 'RT17', to: says.to, lines: [{ sku: 'CUP', name: '杯子', qty: 2 }] } : { items: [{ id: 'P', terms: says.terms }] }) },
}))
const view = { case: { id: 'C', number: '17', shop_id: 'S' }, zone: 'Asia/Shanghai' } as CaseView
const told = (kind: Operation['kind'], policy_id = 'P') => guidance(view, { id: 'O', kind, policy_id, currency: 'CNY', ship_by_at: Date.UTC(2026, 10, 30), quote: { net_minor: 31027 } } as Operation)

beforeEach(async () => {
  says.to = { return_name: '陈晓', return_phone: '0571', return_address: '杭州市西湖区文三路 1 号' }
  says.terms = { inspection_working_hours: 24, repair_working_hours: 80, refund_hours: 12 }
  await useLocale('zh-CN')
  await allTexts()
})

test('what happens with the goods has a time as far as the terms are known', async () => {
  expect(await told('exchange')).toContain('验货（24 个工作小时内）后')
  expect(await told('repair')).toContain('24 个工作小时内检测')
  expect(await told('repair')).toContain('80 个工作小时内修好')
  expect(await told('return_refund')).toContain('12 小时内原路退回 ¥310.27')
  for (const kind of ['exchange', 'repair', 'return_refund'] as const) expect(await told(kind, 'gone')).not.toMatch(/小时|\{/)
})

test('words that still have the place of a return address are not for the customer', async () => {
  expect(lacksAddress(await told('exchange'))).toBe(false)
  says.to = { return_name: '陈晓' }
  const words = await told('exchange')
  expect(words).toContain(`陈晓  ${t('ui.guide.no_address')}`)
  expect(lacksAddress(words)).toBe(true)
  expect(lacksAddress(words.replace(t('ui.guide.no_address'), '杭州市西湖区文三路 1 号'))).toBe(false)
})
