import { expect, test } from 'vitest'
import { parseSlots, shiftFault, slotsText } from './slots'

test('hours as people type them', () => {
  expect(parseSlots('9-12, 13:30–18:00')).toEqual([{ from: 540, to: 720 }, { from: 810, to: 1080 }])
  expect(parseSlots('14:00 至 18:00、0900-1200')).toEqual([{ from: 540, to: 720 }, { from: 840, to: 1080 }])
  expect(parseSlots('20:00-24:00')).toEqual([{ from: 1200, to: 1440 }])
  expect(parseSlots('  ')).toEqual([])
})

test('what is no time, ends before it begins or overlaps is not taken', () => {
  for (const text of ['9', '9-', '25-26', '9:70-10', '18-9', '9-12 11-13', '9-10-11', 'noon']) expect(parseSlots(text)).toBeUndefined()
  expect(parseSlots('22-6', true)).toEqual([{ from: 1320, to: 1800 }])
})

test('a shift that cannot be kept says why', () => {
  expect(['9-18', '22-6', '', '25-30', '9-18 x', '9:70-10', '9-12 11-14'].map(shiftFault)).toEqual([undefined, undefined, undefined, 'late', 'unread', 'unread', 'overlap'])
})

test('what is shown can be typed again', () => {
  const slots = [{ from: 0, to: 545 }, { from: 1200, to: 1440 }]
  expect(parseSlots(slotsText(slots))).toEqual(slots)
})
