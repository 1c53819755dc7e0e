import { expect, test } from 'vitest'
import { changesOf, moved, uncovered, type Row } from './roster'

const row = (staff_id: string, ...texts: string[]): Row => ({ staff_id, name: staff_id, team: 'service', texts: [...texts, ...Array<string>(7 - texts.length).fill('')] })

test('what somebody else changed is told, and where both changed the same', () => {
  const base = [row('ann', '09:00-18:00', '')], theirs = [row('ann', '10:00-18:00', '09:00-12:00'), row('bob', '', '22:00-06:00')], draft = [row('ann', '08:00-18:00', '')]
  expect(changesOf(base, theirs, draft)).toEqual([
    { name: 'ann', team: 'service', day: 0, was: '09:00-18:00', now: '10:00-18:00', mine: true },
    { name: 'ann', team: 'service', day: 1, was: '', now: '09:00-12:00', mine: false },
    { name: 'bob', team: 'service', day: 1, was: '', now: '22:00-06:00', mine: false },
  ])
  expect(changesOf(base, base, draft)).toEqual([])
})

test('one\'s own changes are laid over theirs; what was not touched is as they say', () => {
  const base = [row('ann', '09:00-18:00', '')], theirs = [row('ann', '10:00-18:00', '09:00-12:00')], draft = [row('ann', '09:00-18:00', '', '13:00-18:00'), row('bob', '22:00-06:00')]
  expect(moved(base, theirs, draft)).toEqual([row('ann', '10:00-18:00', '09:00-12:00', '13:00-18:00'), row('bob', '22:00-06:00')])
})

test('a day that is open and on which nobody of the team is on duty in these hours is uncovered', () => {
  const day = [{ from: 540, to: 1080 }], around = [{ from: 0, to: 1440 }]
  const rows = [row('ann', '9-18', '', '18:00-22:00', '9-', '', '22-6'), { ...row('bob', '', '9-18'), team: 'warehouse' }]
  expect(uncovered(rows, 'service', [day, day, day, day, [], around, around])).toEqual([false, true, true, true, false, false, false]) // Sunday until 6
  expect(uncovered([], 'service', [day, [], [], [], [], [], []])).toEqual([true, false, false, false, false, false, false])
})
