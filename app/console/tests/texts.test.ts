import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (name: string) => JSON.parse(readFileSync(join(root, '../../schema/text', name), 'utf8')) as Record<string, string>
const zh = read('zh-CN.json')
const en = read('en.json')
const ours = /^(ui|word|event|act|act_note|field)\./

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return sources(path)
    return /\.(vue|ts)$/.test(name) && !/\.(test|gen)\.ts$/.test(name) ? [readFileSync(path, 'utf8')] : []
  })
}
const code = sources(join(root, 'src')).join('\n')
/** Keys written out, and beginnings of keys that are put together: t(`ui.view.${name}`). */
const literal = new Set([...code.matchAll(/['`]((?:ui|word|event|act|act_note|field|problem|remedy)\.[\w.]+)['`]/g)].map((match) => match[1]!))
const built = [...code.matchAll(/`((?:ui|event|act|act_note|field)\.[\w.]*?)\$\{/g)].map((match) => match[1]!)
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

test('both languages have the same keys and the same values in them', () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort())
  for (const key of Object.keys(zh)) expect([key, holes(en[key]!)]).toEqual([key, holes(zh[key]!)])
})

test('no text key is missing', () => {
  expect([...literal].filter((key) => !(key in zh))).toEqual([])
  for (const start of built) expect([start, Object.keys(zh).some((key) => key.startsWith(start))]).toEqual([start, true])
})

test('no text key is unused', () => {
  const unused = Object.keys(zh).filter((key) => {
    if (!ours.test(key) || key.startsWith('word.') || literal.has(key)) return false
    if (key.endsWith('_one') && literal.has(key.slice(0, -4))) return false
    return !built.some((start) => start.length > 3 && key.startsWith(start))
  })
  expect(unused).toEqual([])
})

test('every state word of the API has its name', () => {
  const api = JSON.parse(readFileSync(join(root, '../../schema/api/openapi.json'), 'utf8')) as { components: { schemas: Record<string, { properties?: Record<string, { enum?: string[] }> }> } }
  const lists: [string, string, string][] = [
    ['Case', 'kind', 'kind'], ['Case', 'status', 'status'], ['Case', 'channel', 'channel'], ['Case', 'header', 'header'],
    ['Operation', 'decision', 'decision'], ['Operation', 'reason', 'reason'], ['Operation', 'fault', 'fault'],
    ['InboundLeg', 'state', 'inbound'], ['OutboundLeg', 'state', 'outbound'], ['MoneyLeg', 'state', 'money_state'], ['UnitRun', 'bucket', 'bucket'],
    ['InspectionRecord', 'grade', 'grade'], ['InspectionRecord', 'disposition', 'disposition'], ['Clock', 'kind', 'clock'], ['Task', 'department', 'department'],
  ]
  for (const [schema, field, list] of lists) {
    const words = api.components.schemas[schema]?.properties?.[field]?.enum ?? []
    expect([schema, field, words.length > 0]).toEqual([schema, field, true])
    expect(words.filter((word) => !(`word.${list}.${word}` in zh))).toEqual([])
  }
})
