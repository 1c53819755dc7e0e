import { expect, test } from 'vitest'
import { allTexts, useLocale } from '../text/i18n'
import { Problem, reasonWords } from './problem'

test('a wrong field is told once: beside itself where a form shows it', async () => {
  await useLocale('en')
  await allTexts()
  const problem = new Problem(422, 'invalid_fields', 'Some fields are wrong.', [{ pointer: '/note', code: 'too_long' }, { pointer: '/topic', code: 'required' }])
  expect(problem.whole).toContain('Too long.')
  expect(problem.field('/note')).toBe('Too long.')
  expect(problem.whole).not.toContain('Too long.')
  expect(problem.whole).toContain('Required.')
})

test('a reason is a sentence without holes, or its code', async () => {
  await useLocale('en')
  await allTexts()
  expect(reasonWords('http_503')).toContain('503')
  expect(reasonWords('timed_out')).toBe('No answer in time')
  expect(reasonWords('tracking_in_use')).toBe('tracking_in_use')
  expect(reasonWords('tracking_in_use', { tracking: 'SF1', case_number: '17' })).toContain('SF1')
  expect(reasonWords('never_heard_of', {}, 'Failed.')).toBe('Failed.')
})
