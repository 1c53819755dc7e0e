// node holidays.mjs FOLDER: makes schema/calendar/holidays-cn.json from a folder of NateScarlet/holiday-cn (MIT), a line a year.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'

const folder = process.argv[2]
const years = readdirSync(folder).filter((name) => /^\d{4}\.json$/.test(name)).sort()
  .map((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')))
  .filter((year) => year.days.length)
  .map(({ year, papers, days }) => JSON.stringify({ year, papers, days }))
writeFileSync(new URL('../../schema/calendar/holidays-cn.json', import.meta.url),
  `{"source": "NateScarlet/holiday-cn d4e53bf, MIT", "years": [\n${years.join(',\n')}\n]}\n`)
