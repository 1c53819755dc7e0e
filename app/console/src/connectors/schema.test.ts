import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { settingsOf, startValues, toSend, wrongSetting } from './schema'

const schema = {
  required: ['folder'],
  properties: {
    offset: { type: 'integer', minimum: -720, maximum: 840, default: 480, 'x-ac': { order: 2, title: { zh: '偏移', en: 'Offset' } } },
    folder: { type: 'string', minLength: 1, 'x-ac': { order: 1, title: { zh: '文件夹', en: 'Folder' } } },
  },
}

test('fields come in their order, in the reader’s language, with defaults', () => {
  const settings = settingsOf(schema, 'en')
  expect(settings.map((one) => [one.name, one.title, one.required])).toEqual([['folder', 'Folder', true], ['offset', 'Offset', false]])
  expect(startValues(settings, { folder: '/srv' })).toEqual({ folder: '/srv', offset: 480 })
})

test('an enum shows its words, a number its bounds, a secret says that it is one', () => {
  const [choice, key] = settingsOf({
    properties: {
      channel: { type: 'string', enum: ['tmall', 'x'], 'x-ac': { order: 1, words: { tmall: { zh: '天猫', en: 'Tmall' } } } },
      key: { type: 'string', 'x-ac': { order: 2, secret: true, title: { zh: '密钥', en: 'Key' } } },
    },
  }, 'zh-CN')
  expect(choice!.options).toEqual([{ value: 'tmall', label: '天猫' }, { value: 'x', label: 'x' }])
  expect([key!.secret, key!.title, key!.options]).toEqual([true, '密钥', []])
  expect(settingsOf(schema, 'en')[1]!.help).toBe('-720–840')
})

test('every keyword that our plugins use is one that the form draws', () => {
  const known = ['type', 'enum', 'default', 'minimum', 'maximum', 'minLength', 'maxLength', 'x-ac']
  const hints = ['title', 'help', 'placeholder', 'order', 'secret', 'words']
  const folder = join(import.meta.dirname, '../../../../plugins')
  const plugins = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'plugin.json')))
  expect(plugins.length).toBeGreaterThan(3)
  for (const name of plugins) {
    const { settings } = JSON.parse(readFileSync(join(folder, name, 'plugin.json'), 'utf8'))
    for (const [field, property] of Object.entries<Record<string, any>>(settings.properties ?? {})) {
      expect([name, field, Object.keys(property).filter((key) => !known.includes(key))]).toEqual([name, field, []])
      expect([name, field, Object.keys(property['x-ac'] ?? {}).filter((key) => !hints.includes(key))]).toEqual([name, field, []])
      expect([name, field, !!property['x-ac']?.title?.zh, !!property['x-ac']?.title?.en]).toEqual([name, field, true, true])
    }
  }
})

test('values are checked and sent in their types', () => {
  const [folder, offset] = settingsOf(schema, 'zh-CN')
  expect(wrongSetting(folder!, '')).toBe('required')
  expect(wrongSetting(offset!, '841')).toBe('out_of_range')
  expect(wrongSetting(offset!, '1.5')).toBe('number')
  expect(toSend([folder!, offset!], { folder: '/srv', offset: '-60' })).toEqual({ folder: '/srv', offset: -60 })
  expect(toSend([folder!, offset!], { folder: '/srv', offset: '' })).toEqual({ folder: '/srv' })
})
