import { beforeEach, expect, test, vi } from 'vitest'

const kept = new Map<string, string>()
vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) })
const { keyOf, keysMoved, keysOf, moveKey, usualKeys, usualOf } = await import('./keys')

beforeEach(() => {
  kept.clear()
  keysOf('lin')
})

test('a key is put elsewhere, and Shift goes along', () => {
  moveKey('x', 'q')
  expect([keyOf('x'), usualOf('q'), usualOf('Q'), usualOf('x'), usualOf('j')]).toEqual(['q', 'x', 'X', 'q', 'j'])
})

test('a key that does something already changes places, and each key does one thing', () => {
  moveKey('j', 'n')
  expect([usualOf('n'), usualOf('j')]).toEqual(['j', 'n'])
  moveKey('j', 's')
  expect([usualOf('s'), usualOf('n'), usualOf('j')]).toEqual(['j', 's', 'n'])
  moveKey('j', 'j')
  expect([usualOf('j'), usualOf('s'), usualOf('n')]).toEqual(['j', 'n', 's'])
})

test('keys are each person’s own, are there the next day, and can be as usual again', () => {
  moveKey('.', ',')
  keysOf('zhou')
  expect([usualOf('.'), keysMoved()]).toEqual(['.', false])
  keysOf('lin')
  expect([usualOf(','), usualOf('.'), keysMoved()]).toEqual(['.', ',', true])
  usualKeys()
  keysOf('lin')
  expect([usualOf('.'), keysMoved()]).toEqual(['.', false])
})
