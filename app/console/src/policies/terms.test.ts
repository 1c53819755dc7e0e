import { expect, test } from 'vitest'
import type { PolicyTerms } from '../api/types'
import { changed, isBad, sent, whole } from './terms'

const law = { term: 'window_days', source: 'law', url: '' }
const terms = (more: Partial<PolicyTerms> = {}) => whole({ window_days: 7, ...more } as PolicyTerms)

test('a window of its own may be left out, a term may not', () => {
  expect(isBad({ name: 'quality_return_days', unit: 'maybe_days' }, terms())).toBe(false)
  expect(isBad({ name: 'quality_return_days', unit: 'maybe_days' }, terms({ quality_return_days: -1 }))).toBe(true)
  expect(isBad({ name: 'window_days', unit: 'days' }, terms({ window_days: undefined as unknown as number }))).toBe(false) // 0 when not said
  expect(isBad({ name: 'window_days', unit: 'days' }, { ...terms(), window_days: 1.5 })).toBe(true)
})

test('rules of goods count as one change, sources as none', () => {
  expect(changed(terms(), terms({ goods: [{ sku: 'A', window_days: 1 }], sources: [law] }))).toEqual(['goods'])
})

test('a source does not outlive the value that it speaks of, a new one comes with its value', () => {
  expect(sent(terms({ sources: [law] }), terms({ window_days: 9, sources: [law] })).sources).toEqual([])
  expect(sent(terms({ sources: [law] }), terms({ max_repairs: 9, sources: [law] })).sources).toEqual([law])
  expect(sent(terms(), terms({ window_days: 14, sources: [law] })).sources).toEqual([law])
})
