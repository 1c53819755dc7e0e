// Makes schema/calendar/lunar-1901-2100.txt and solar-terms-1901-2100.txt. Run by hand: npm ci && npm run generate;
// `npm run check` compares them with the files. Days come from lunar-typescript (MIT), corrected where the Hong Kong
// Observatory's table differs; astronomy-engine's instants (MIT) are the second source.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { MoonPhase, SearchMoonPhase, SearchSunLongitude } from 'astronomy-engine'
import { Lunar, LunarYear, Solar } from 'lunar-typescript'

const folder = new URL('../../schema/calendar/', import.meta.url)
const kFirst = 1900, kLast = 2100 // lunar years: 1900 for the days of 1901 before its Spring Festival

// Where the Observatory differs from lunar-typescript.
const kMonthStarts = { '2057-09-29': '2057-09-28' } // disputed: the new moon is within a minute of midnight
const kTerms = {
  '1912 小雪': '11-23', '1913 秋分': '09-24', '1917 大雪': '12-07', '1927 白露': '09-08', '1928 夏至': '06-21', // almanacs of the time
  '1979 大寒': '01-21', // 7 seconds before midnight, rounded up
}
// Reviewed: month starts that another clock could put on the other day, and those of almanacs before 1929, computed less exactly.
const kReviewedMonths = ['1914-11-17', '1916-02-03', '1920-11-10', '2057-09-28', '2097-08-07']
const kReviewedTerms = ['1911 立夏', '1923 雨水', '1950 谷雨', '1951 冬至', '2008 小满', '2021 冬至', '2084 春分', ...Object.keys(kTerms)]

const kTermNames = ('小寒 大寒 立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 ' +
  '小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至').split(' ')
const china = (instant) => new Date(instant.getTime() + 8 * 3600e3).toISOString()
const dayNumber = (text) => Date.parse(text) / 86400e3
const nearMidnight = (instant) => { const s = ((instant.getTime() / 1000 + 8 * 3600) % 86400 + 86400) % 86400; return Math.min(s, 86400 - s) < 60 }

function lunarYears() {
  const months = new Map() // start → { year, month }
  for (let y = kFirst - 1; y <= kLast + 1; ++y)
    for (const m of LunarYear.fromYear(y).getMonthsInYear()) {
      const day = Solar.fromJulianDay(m.getFirstJulianDay()).toYmd()
      months.set(kMonthStarts[day] ?? day, { year: y, month: m.getMonth() })
    }
  const all = [...months].map(([start, m]) => ({ start, ...m })).sort((a, b) => (a.start < b.start ? -1 : 1))
  all.forEach((m, i) => (m.days = i + 1 < all.length ? dayNumber(all[i + 1].start) - dayNumber(m.start) : 0))
  const years = []
  for (let y = kFirst; y <= kLast; ++y) {
    const own = all.filter((m) => m.year === y)
    if (own.some((m) => m.days !== 29 && m.days !== 30) || own.length < 12 || own.length > 13) throw new Error(`months of ${y}`)
    years.push({ year: y, first: own[0].start, lengths: own.map((m) => m.days), leap: -(own.find((m) => m.month < 0)?.month ?? 0), months: own })
  }
  return years
}

function terms() {
  const years = []
  for (let y = 1901; y <= 2100; ++y) {
    const table = Lunar.fromYmd(y, 6, 1).getJieQiTable()
    years.push(kTermNames.map((name, i) => kTerms[`${y} ${name}`] ? `${y}-${kTerms[`${y} ${name}`]}` : table[i === 23 ? 'DONG_ZHI' : name].toYmd()))
  }
  return years
}

/// Every difference from computed instants, and every instant near midnight, must be on the reviewed lists.
function crossCheck(years, termDays) {
  const found = []
  for (const { months } of years)
    for (const { start } of months) {
      const noon = new Date(Date.parse(start) + 4 * 3600e3) // noon in China
      const moon = SearchMoonPhase(0, new Date(noon.getTime() - 3 * 86400e3), 6)?.date
      if (!moon || MoonPhase(moon) > 1 && MoonPhase(moon) < 359) throw new Error(`no new moon at ${start}`)
      if (china(moon).slice(0, 10) !== start || nearMidnight(moon)) found.push(start)
    }
  if (found.join() !== kReviewedMonths.join()) throw new Error(`month starts to review: ${found}`)
  const odd = []
  termDays.forEach((days, y) => days.forEach((day, i) => {
    const sun = SearchSunLongitude((285 + 15 * i) % 360, new Date(Date.parse(day) - 5 * 86400e3), 10).date
    if (china(sun).slice(0, 10) !== day || nearMidnight(sun)) odd.push(`${y + 1901} ${kTermNames[i]}`)
  }))
  if (odd.sort().join() !== kReviewedTerms.sort().join()) throw new Error(`terms to review: ${odd}`)
}

const years = lunarYears(), termDays = terms()
crossCheck(years, termDays)
const base = kTermNames.map((_, i) => Math.min(...termDays.map((days) => Number(days[i].slice(8)))))
const sources = '# lunar-typescript 1.8.6 (MIT), astronomy-engine 2.1.19 (MIT), days as in the Hong Kong Observatory\'s table. Made by packaging/calendar.\n'
const files = {
  'lunar-1901-2100.txt':
    '# year, Spring Festival, months (1 = 30 days, 0 = 29), leap month or 0. Disputed: month 9 of 2057 (09-28; others 09-29).\n' + sources +
    years.map((y) => `${y.year} ${y.first.slice(5).replace('-', '')} ${y.lengths.map((d) => d - 29).join('')} ${y.leap}\n`).join(''),
  'solar-terms-1901-2100.txt':
    '# base: day of the month of each term, two a month from 小寒; then year and what to add per term.\n' + sources +
    `base ${base.join(' ')}\n` + termDays.map((days, y) => `${y + 1901} ${days.map((d, i) => Number(d.slice(8)) - base[i]).join('')}\n`).join(''),
}
for (const [name, text] of Object.entries(files)) {
  const file = new URL(name, folder)
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text) throw new Error(`${name} is not what this makes`)
  console.log(name, text.length, createHash('sha256').update(text).digest('hex'))
}
