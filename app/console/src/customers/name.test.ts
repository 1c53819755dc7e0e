import { expect, test } from 'vitest'
import { useLocale } from '../text/i18n'
import { nameOf } from './name'

test('a person without a name is called by what is known, masked as it came', async () => {
  await useLocale('zh-CN')
  expect(nameOf({ name: '陈雨桐', phone: '138****1234' })).toBe('陈雨桐')
  expect(nameOf({ name: '', phone: '138****1234' })).toBe('138****1234')
  expect(nameOf({ external_ref: 'tb_88', phone: '138****1234' })).toBe('tb_88')
  expect(nameOf({ email: 'c***@x.cn' })).toBe('c***@x.cn')
  expect(nameOf({})).toBe('未留姓名')
})
