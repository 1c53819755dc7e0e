import { expect, test } from 'vitest'
import { useLocale } from '../text/i18n'
import { birthdayText, parseBirthday } from './birthday'

test('birthdays are read as people write them, and shown so that they are read the same again', async () => {
  await useLocale('zh-CN')
  for (const [typed, kept] of [['5-20', 'solar 05-20'], ['05/20', 'solar 05-20'], ['5月20日', 'solar 05-20'], ['农历 8-15', 'lunar 08-15'], ['农历闰6-1', 'lunar leap 06-01'], ['Lunar leap 06-01', 'lunar leap 06-01']]) {
    expect(parseBirthday(typed!)).toBe(kept)
    expect(parseBirthday(birthdayText(kept!))).toBe(kept)
  }
  expect(parseBirthday(' 中秋 ')).toBe('中秋')
})
