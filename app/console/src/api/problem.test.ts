import { expect, test } from 'vitest'
import { allTexts, useLocale } from '../text/i18n'
import { codeText, Problem, reasonWords } from './problem'

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

test('values are told as what they are: money with its sign, times by the clock, words from the list that the value belongs to', async () => {
  await useLocale('en')
  await allTexts()
  expect(codeText('problem', 'over_budget', { amount: '26000', left: '0' }, 'CNY')).toContain('¥260.00')
  expect(codeText('problem', 'appeal_open', { until: String(Date.UTC(2030, 0, 5, 8, 30)) })).toContain('2030-01-05 08:30')
  const repair = codeText('problem', 'wrong_repair_stage', { repair: 'done', allowed: 'repairing,testing' })
  expect(repair).toContain('repaired')
  expect(repair).toContain('testing')
  expect(codeText('problem', 'wrong_stage', { stage: 'none', allowed: 'verifying' })).not.toContain('No operation')
})
