import { expect, test } from 'vitest'
import { workingTime } from './worktime'

const zone = 'Asia/Shanghai'
const at = (text: string) => Date.parse(`${text}+08:00`)
const hour = 3_600_000

test('counts Monday to Friday, 9:00 to 18:00', () => {
  expect(workingTime(at('2026-11-25T10:00:00'), at('2026-11-25T12:30:00'), zone)).toBe(2.5 * hour)
  expect(workingTime(at('2026-11-27T17:00:00'), at('2026-11-30T10:00:00'), zone)).toBe(2 * hour) // over a weekend
  expect(workingTime(at('2026-11-28T10:00:00'), at('2026-11-29T20:00:00'), zone)).toBe(0)
})

test('is additive and signed', () => {
  const [a, b, c] = [at('2026-11-24T16:00:00'), at('2026-11-26T03:00:00'), at('2026-12-01T11:00:00')]
  expect(workingTime(a, b, zone) + workingTime(b, c, zone)).toBe(workingTime(a, c, zone))
  expect(workingTime(c, a, zone)).toBe(-workingTime(a, c, zone))
})
