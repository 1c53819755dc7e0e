import { expect, test } from 'vitest'
import { t, useLocale } from '../text/i18n'
import { amount, day, money, parseAmount, when } from './format'
import { left, span } from './left'

test('amounts have the digits of their currency and a true minus', () => {
  expect(amount(3_102_733, 'CNY')).toBe('31,027.33')
  expect(amount(-0, 'CNY')).toBe('0.00')
  expect(amount(1_234, 'JPY')).toBe('1,234')
  expect(money(-2_959, 'CNY')).toBe('−¥29.59')
  expect(parseAmount('1,310.2', 'CNY')).toBe(131_020)
  expect(parseAmount('0.07', 'CNY')).toBe(7)
  expect(parseAmount('1.234', 'CNY')).toBeUndefined()
  expect(parseAmount('-1', 'CNY')).toBeUndefined()
  expect(parseAmount('12.5', 'JPY')).toBeUndefined()
})

test('times are said in their shortest true form', async () => {
  await useLocale('zh-CN')
  const now = Date.parse('2026-11-25T14:00:00+08:00')
  const zone = 'Asia/Shanghai'
  expect(when(now - 3_600_000, zone, now)).toBe('13:00')
  expect(when(now - 86_400_000, zone, now)).toBe('昨天 14:00')
  expect(day(Date.parse('2025-03-01T00:00:00+08:00'), zone, now)).toBe('2025-03-01')
  expect(span(6 * 60_000)).toBe('6 分')
  expect(span(112 * 60_000)).toBe('1 时 52 分')
  expect(span(26 * 3_600_000)).toBe('1 天 2 时')
  expect(span(11 * 3_600_000, 540)).toBe('1 天 2 时')
  expect(left(-18 * 60_000).text).toBe('超 18 分')
  expect(left(20 * 60_000).level).toBe('near')
  expect(left(2 * 3_600_000, 10 * 3_600_000).level).toBe('near')
  expect(t('ui.sentence_gap')).toBe('')
})
