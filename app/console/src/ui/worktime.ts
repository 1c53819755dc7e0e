import { shallowReactive } from 'vue'

/**
 * Working time between two instants: the slots of the shop's week (or its team's) and of make-up days, without days off, in the shop's zone;
 * Monday to Friday 9:00 to 18:00 until its hours are known. The service alone decides due times; this only says how much of the promise is left.
 */
export interface Slot {
  from: number // minutes after local midnight
  to: number
}
export interface Hours {
  week: { slots: Slot[] }[] // Monday first
  teams?: { team: string; week: { slots: Slot[] }[] }[]
  days?: { date: string; works: boolean; slots?: Slot[] }[]
}
const kDay = 86_400_000
const usual = Array.from({ length: 7 }, (_, day) => ({ slots: day < 5 ? [{ from: 9 * 60, to: 18 * 60 }] : [] }))

/** The days around now that break the week, by zone: true is worked. Shops of one zone keep the same public days here. */
const special = shallowReactive(new Map<string, Map<string, boolean>>())
export function setSpecialDays(zone: string, days: Map<string, boolean>) {
  special.set(zone, days)
}
const hours = shallowReactive(new Map<string, Hours>())
export function setHours(shop: string, its: Hours) {
  hours.set(shop, its)
}
/** Whose working time: of a shop, and there of a team that keeps its own. */
export interface Whose {
  shop?: string
  team?: string
}
function weekOf({ shop, team }: Whose) {
  const its = hours.get(shop ?? '')
  return its?.teams?.find((one) => one.team === team)?.week ?? its?.week ?? usual
}
const minutesOf = (slots: Slot[]) => slots.reduce((sum, slot) => sum + slot.to - slot.from, 0)
/** The minutes of its longest day: what counts as a day of working time. */
export function workDayMinutes(whose: Whose = {}): number {
  return Math.max(...weekOf(whose).map((day) => minutesOf(day.slots))) || 1440
}
function slotsOf(midnight: number, zone: string, whose: Whose): Slot[] {
  const date = new Date(midnight).toISOString().slice(0, 10)
  const week = weekOf(whose)
  const weekday = week[(new Date(midnight).getUTCDay() + 6) % 7]!.slots
  const own = hours.get(whose.shop ?? '')?.days?.find((day) => day.date === date)
  const works = own?.works ?? special.get(zone)?.get(date)
  if (works === undefined) return weekday
  if (!works) return []
  if (own?.slots?.length) return own.slots
  return weekday.length ? weekday : (week.find((day) => day.slots.length)?.slots ?? [])
}
/** When that team of a shop works on a date. */
export const slotsOn = (date: string, zone: string, whose: Whose) => slotsOf(Date.parse(`${date}T00:00Z`), zone, whose)

const formats = new Map<string, Intl.DateTimeFormat>()

/** Milliseconds that the zone is ahead of UTC at that instant. */
function offset(at: number, zone: string): number {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
    })
    formats.set(zone, format)
  }
  const p = Object.fromEntries(format.formatToParts(at).map((part) => [part.type, Number(part.value)]))
  return Date.UTC(p.year!, p.month! - 1, p.day!, p.hour!, p.minute!, p.second!) - Math.floor(at / 1000) * 1000
}

/** The zone's wall clock at that instant, as `2026-11-26T18:00`; empty for none. */
export function clockText(at: number | undefined, zone: string): string {
  return at ? new Date(at + offset(at, zone)).toISOString().slice(0, 16) : ''
}
/** The instant at which the zone's wall clock says that; the later one where a clock skips it. */
export function instantOf(text: string, zone: string): number {
  const wall = Date.parse(`${text}Z`)
  const guess = wall - offset(wall, zone)
  return wall - offset(guess, zone)
}

export function workingTime(from: number, to: number, zone: string, whose: Whose = {}): number {
  if (to < from) return -workingTime(to, from, zone, whose)
  const start = from + offset(from, zone)
  const end = to + offset(to, zone)
  let sum = 0
  for (let midnight = Math.floor(start / kDay) * kDay; midnight < end; midnight += kDay)
    for (const slot of slotsOf(midnight, zone, whose))
      sum += Math.max(0, Math.min(end, midnight + slot.to * 60_000) - Math.max(start, midnight + slot.from * 60_000))
  return sum
}
