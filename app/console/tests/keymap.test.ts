import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keyGroups } from '../src/shell/keymap'
import { places } from '../src/shell/places'

/** Where the keys of each group of the help are listened to. */
const files: Record<string, string[]> = {
  'ui.keys.everywhere': ['shell/shell.vue'],
  'ui.keys.queue': ['pages/cases_page.vue'],
  'ui.nav.returns': ['pages/returns_page.vue'],
  'ui.keys.case': ['pages/case_page.vue', 'cases/composer.vue'],
  'ui.nav.revisits': ['pages/revisits_page.vue', 'revisits/revisit_panel.vue'],
  'ui.nav.tasks': ['pages/tasks_page.vue'],
  'ui.nav.reviews': ['pages/reviews_page.vue'],
  'ui.nav.approvals': ['pages/approvals_page.vue'],
  'ui.nav.knowledge': ['pages/knowledge_page.vue'],
  'ui.customer': ['customers/note_composer.vue'],
}
const names: Record<string, string> = { Space: ' ', Esc: 'Escape', 'Shift x': 'X' }

/** The names of the handlers that a file gives to useKeys. */
function handled(file: string): string[] {
  const text = readFileSync(join(import.meta.dirname, '../src', file), 'utf8')
  const start = text.indexOf('useKeys({') + 9
  let depth = 0
  let flat = ''
  for (let i = start; depth >= 0; i++) {
    if (text[i] === "'") {
      const end = text.indexOf("'", i + 1)
      if (depth === 0) flat += text.slice(i, end + 1)
      i = end
    } else if ('([{'.includes(text[i]!)) depth++
    else if (')]}'.includes(text[i]!)) depth--
    else if (depth === 0) flat += text[i]
  }
  return [...flat.matchAll(/(?:^|[,\n])\s*(?:'([^']+)'|(\w+)):/g)].map((match) => match[1] ?? match[2]!)
}

test.each(keyGroups)('$title: the help tells the keys that are listened to, and no other', ({ title, lines }) => {
  const there = new Set(files[title]!.flatMap(handled))
  expect(there.size).toBeGreaterThan(0)
  const told = new Set(lines.map(({ keys }) => (keys[0] === 'g' ? 'g' : names[keys.join(' ')] ?? keys.join(' '))).filter((key) => !/^Ctrl|…/.test(key))) // the shell and forms listen to those
  expect([...told].filter((key) => !there.has(key))).toEqual([])
  expect([...there].filter((key) => key.length === 1 && !told.has(key))).toEqual([])
})

test.each(keyGroups)('$title: no key is there twice', ({ lines }) => {
  const keys = lines.map((line) => line.keys.join(' '))
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
})

test('g and a letter leads to one place, and not to where another leads', () => {
  const taken = places.flatMap((place) => place.key ?? [])
  expect(new Set(taken).size).toBe(taken.length)
  expect(new Set(places.map((place) => place.to)).size).toBe(places.length)
})
