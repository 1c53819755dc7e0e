import { expect, test } from 'vitest'
import { clockText, instantOf, setHours, setSpecialDays, slotsOn, workDayMinutes, workingTime } from './worktime'

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

test('a wall clock and its instant, over the ends of summer time', () => {
  expect(clockText(at('2026-11-27T18:00:00'), zone)).toBe('2026-11-27T18:00')
  expect(instantOf('2026-11-27T18:00', zone)).toBe(at('2026-11-27T18:00:00'))
  for (const text of ['2026-03-29T01:59', '2026-03-29T03:00', '2026-10-25T01:30', '2026-10-25T03:30', '2026-07-01T12:00'])
    expect(clockText(instantOf(text, 'Europe/Berlin'), 'Europe/Berlin')).toBe(text)
  expect(clockText(undefined, zone)).toBe('')
})

test('days off do not count, make-up days do', () => {
  setSpecialDays('Asia/Chongqing', new Map([['2026-10-01', false], ['2026-10-02', false], ['2026-10-10', true]]))
  expect(workingTime(at('2026-09-30T17:00:00'), at('2026-10-05T10:00:00'), 'Asia/Chongqing')).toBe(2 * hour)
  expect(workingTime(at('2026-10-10T00:00:00'), at('2026-10-11T00:00:00'), 'Asia/Chongqing')).toBe(9 * hour)
})

test('a shop and its teams keep hours of their own, several slots a day, and days of their own', () => {
  const day = (...slots: [number, number][]) => ({ slots: slots.map(([from, to]) => ({ from: from * 60, to: to * 60 })) })
  const week = [day([9, 12], [14, 18]), ...Array.from({ length: 6 }, () => day())]
  setHours('S', { week, teams: [{ team: 'warehouse', week: Array.from({ length: 7 }, () => day([0, 24])) }], days: [{ date: '2026-11-25', works: true, slots: [{ from: 600, to: 660 }] }] })
  const monday = at('2026-11-23T00:00:00'), next = at('2026-11-30T00:00:00')
  expect(workingTime(at('2026-11-23T11:00:00'), at('2026-11-23T15:00:00'), zone, { shop: 'S' })).toBe(2 * hour)
  expect(workingTime(monday, next, zone, { shop: 'S' })).toBe(8 * hour)
  expect(workingTime(monday, at('2026-11-24T00:00:00'), zone, { shop: 'S', team: 'warehouse' })).toBe(24 * hour)
  expect(workDayMinutes({ shop: 'S' })).toBe(7 * 60)
  expect(workDayMinutes()).toBe(9 * 60)
})

test('a date is worked by the week of the team, by days of the shop and by public days', () => {
  const day = (...slots: [number, number][]) => ({ slots: slots.map(([from, to]) => ({ from, to })) })
  setHours('D', { week: Array.from({ length: 7 }, () => day([540, 1080])), teams: [{ team: 'service', week: [day([480, 1200]), ...Array.from({ length: 6 }, () => day())] }], days: [{ date: '2026-11-30', works: false }, { date: '2026-12-01', works: true, slots: [{ from: 600, to: 660 }] }] })
  setSpecialDays('Asia/Harbin', new Map([['2026-12-07', false]]))
  const on = (date: string, team = 'service') => slotsOn(date, 'Asia/Harbin', { shop: 'D', team })
  expect(on('2026-11-23')).toEqual([{ from: 480, to: 1200 }])
  expect(on('2026-11-24')).toEqual([])
  expect(on('2026-11-24', 'warehouse')).toEqual([{ from: 540, to: 1080 }])
  expect(on('2026-11-30')).toEqual([])
  expect(on('2026-12-01')).toEqual([{ from: 600, to: 660 }])
  expect(on('2026-12-07')).toEqual([])
})
