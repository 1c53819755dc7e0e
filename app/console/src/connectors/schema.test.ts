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

test('values are checked and sent in their types', () => {
  const [folder, offset] = settingsOf(schema, 'zh-CN')
  expect(wrongSetting(folder!, '')).toBe('required')
  expect(wrongSetting(offset!, '841')).toBe('out_of_range')
  expect(wrongSetting(offset!, '1.5')).toBe('number')
  expect(toSend([folder!, offset!], { folder: '/srv', offset: '-60' })).toEqual({ folder: '/srv', offset: -60 })
  expect(toSend([folder!, offset!], { folder: '/srv', offset: '' })).toEqual({ folder: '/srv' })
})
