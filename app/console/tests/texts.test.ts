import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (name: string) => JSON.parse(readFileSync(join(root, '../../schema/text', name), 'utf8')) as Record<string, string>
const zh = read('zh-CN.json')
const en = read('en.json')
const ours = /^(ui|word|event|act|act_note|field)\./

function sources(folder: string, which: RegExp): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return name === 'node_modules' ? [] : sources(path, which)
    return which.test(name) ? [readFileSync(path, 'utf8')] : []
  })
}
const code = sources(join(root, 'src'), /(?<!\.(test|gen))\.(vue|ts)$/).join('\n')
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

/** A word names a value of the service, of its plugins' interface or of the console, in a list that the console asks for. */
const lists = new Set([...code.matchAll(/(?:word|choices)\('(\w+)'|word\.(\w+)\./g)].map((match) => match[1] ?? match[2]!))
const service = [...sources(join(root, '..'), /\.[ch]pp$/), ...sources(join(root, '../../sdk'), /\.[ch]pp$/), readFileSync(join(root, '../../schema/api/openapi.json'), 'utf8')].join('\n')
const values = new Set([
  ...(code.match(/[\w.]+/g) ?? []),
  ...(service.match(/(?<=")[\w.]+(?=")/g) ?? []),
  ...[...service.matchAll(/AC_WORDS\(([^)]*)\)/g)].flatMap((match) => match[1]!.split(/\W+/)),
])
function wordUsed(list: string, value: string): boolean {
  if (!lists.has(list)) return false
  if (list === 'provider' || list === 'scope') return true // said by plugins and imported files
  return values.has(value) || (list === 'import_field' && values.has(value.replace(/^customers_/, '')))
}

test('no text key is unused', () => {
  const unused = Object.keys(zh).filter((key) => {
    if (!ours.test(key) || literal.has(key)) return false
    if (key.startsWith('word.')) return !wordUsed(...(key.split(/\.(.*?)\.(.*)/).slice(1, 3) as [string, string]))
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
    ['InspectionRecord', 'grade', 'grade'], ['InspectionRecord', 'disposition', 'disposition'], ['Clock', 'kind', 'clock'], ['Task', 'department', 'department'], ['Task', 'result', 'task_result'],
    ['Matter', 'stage', 'stage'], ['Matter', 'emotion', 'emotion'], ['Matter', 'intent', 'intent'], ['Matter', 'outside', 'outside'], ['Matter', 'satisfied', 'satisfied'], ['Matter', 'outcome', 'outcome'],
  ]
  for (const [schema, field, list] of lists) {
    const words = api.components.schemas[schema]?.properties?.[field]?.enum ?? []
    expect([schema, field, words.length > 0]).toEqual([schema, field, true])
    expect(words.filter((word) => !(`word.${list}.${word}` in zh))).toEqual([])
  }
})
