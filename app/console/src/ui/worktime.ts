import { shallowReactive } from 'vue'

/**
 * Working time between two instants: Monday to Friday and make-up days, without days off, 9:00 to 18:00 in the shop's zone.
 * The service alone decides due times; this only says how much of the promise is left.
 */
const kOpen = 9 * 60
const kClose = 18 * 60
const kDay = 86_400_000
export const workDayMinutes = kClose - kOpen

/** The days around now that break the week, by zone: true is worked. Shops of one zone keep the same days here. */
const special = shallowReactive(new Map<string, Map<string, boolean>>())
export function setSpecialDays(zone: string, days: Map<string, boolean>) {
  special.set(zone, days)
}

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

export function workingTime(from: number, to: number, zone: string): number {
  if (to < from) return -workingTime(to, from, zone)
  const start = from + offset(from, zone)
  const end = to + offset(to, zone)
  let sum = 0
  for (let midnight = Math.floor(start / kDay) * kDay; midnight < end; midnight += kDay) {
    const weekday = new Date(midnight).getUTCDay()
    if (!(special.get(zone)?.get(new Date(midnight).toISOString().slice(0, 10)) ?? (weekday !== 0 && weekday !== 6))) continue
    sum += Math.max(0, Math.min(end, midnight + kClose * 60_000) - Math.max(start, midnight + kOpen * 60_000))
  }
  return sum
}
