import { expect, test } from 'vitest'
import { addDays, addMonths, dateText, minuteText, parseMinute } from './labels'

test('times of a day go to minutes and back', () => {
  expect(parseMinute('09:30')).toBe(570)
  expect(parseMinute('9：05')).toBe(545)
  expect(parseMinute('24:00')).toBe(1440)
  for (const bad of ['', '9', '24:01', '09:60', 'nine']) expect(parseMinute(bad)).toBeUndefined()
  expect(minuteText(545)).toBe('09:05')
})

test('days and months move over the ends of years', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(addDays('2027-03-01', -1)).toBe('2027-02-28')
  expect(addMonths('2026-12', 2)).toBe('2027-02')
  expect(addMonths('2027-01', -1)).toBe('2026-12')
  expect(dateText('2026-05-01', '2026-11-26')).toBe('05-01')
  expect(dateText('2027-05-01', '2026-11-26')).toBe('2027-05-01')
})
