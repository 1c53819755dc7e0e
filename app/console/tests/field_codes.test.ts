import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** Only a program can send these; people get the general sentence. */
const programs = ['bad_cursor', 'not_a_boolean', 'not_a_list', 'not_a_text', 'not_an_object', 'part_too_long', 'unexpected_type']
const said = [/fail_field\(([^;]*);/g, /(?:errors|wrong)\.push_back\(\{([^;]*)\}\);/g, /\bbad\(([^;]*)\);/g]

test('what the service says of a field is a sentence in both languages', () => {
  const app = join(import.meta.dirname, '../..')
  const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.cpp') && !name.startsWith('console'))
  const code = files.map((name) => readFileSync(join(app, name), 'utf8')).join('\n')
  const codes = new Set(said.flatMap((call) => [...code.matchAll(call)]).flatMap(([, args]) => [...args!.matchAll(/"([a-z_]+)"/g)].map((found) => found[1]!)))
  expect([...codes]).toEqual(expect.arrayContaining([...programs, 'bad_format', 'not_a_staff_role', 'over_line_value', 'required', 'unknown_shop']))
  for (const language of ['zh-CN', 'en']) {
    const texts = JSON.parse(readFileSync(join(app, '../schema/text', `${language}.json`), 'utf8')) as Record<string, string>
    expect([...codes].filter((one) => !programs.includes(one) && !texts[`ui.field_error.${one}`])).toEqual([])
  }
})
