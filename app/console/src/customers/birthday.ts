import { t } from '../text/i18n'

/** "lunar leap 06-01" → 农历闰 06-01. */
export function birthdayText(value: string): string {
  const [, calendar, day] = /^(solar|lunar leap|lunar) (\d\d-\d\d)$/.exec(value) ?? []
  if (!day) return value
  return calendar === 'solar' ? day : t(calendar === 'lunar' ? 'ui.birthday.lunar' : 'ui.birthday.leap', { day })
}

/** What people type: 5-20, 05/20, 5月20日, 农历 8-15, 农历闰 6-1, lunar 8-15. Anything else stays as typed, for the service to refuse. */
export function parseBirthday(text: string): string {
  const [, calendar, leap, month, day] = /^\s*(solar|公历|阳历|lunar|农历|阴历)?\s*(leap|闰)?\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*$/i.exec(text) ?? []
  if (!month || !day) return text.trim()
  const lunar = /lunar|农历|阴历/i.test(calendar ?? '')
  return `${lunar ? (leap ? 'lunar leap' : 'lunar') : 'solar'} ${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
