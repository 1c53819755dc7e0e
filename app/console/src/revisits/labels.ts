import type { PlanTerms, Revisit, RevisitResult, RevisitState } from '../api/types'
import { locale, t } from '../text/i18n'
import type { IconName } from '../ui/icons'
import type { Tone } from '../ui/tones'

export const looks: Record<RevisitState, [Tone, IconName]> = {
  planned: ['idle', 'circle-dashed'], held: ['wait', 'pause'], due: ['act', 'circle-dot'], done: ['done', 'check'], skipped: ['idle', 'ban'],
  expired: ['bad', 'circle-x'], cancelled: ['idle', 'x'], superseded: ['idle', 'history'],
}
export const outreachIcon = { phone: 'phone', chat: 'message-square' } as const satisfies Record<Revisit['outreach'], IconName>
/** In the order of their keys, 1 to 8. */
export const results: RevisitResult[] = ['reached', 'repurchased', 'no_answer', 'call_back', 'refused', 'wrong_person', 'new_case', 'opted_out']
export const isOpen = (state: RevisitState) => state === 'planned' || state === 'held' || state === 'due'

/** 春节前 3 天; 关闭后 3 天. */
export function offsetText(trigger: PlanTerms['trigger'], days: number, festival: string, working = false): string {
  const unit = working ? '_working' : ''
  if (trigger === 'case_closed') return days === 0 ? t('ui.revisit.on_closing') : t(`ui.revisit.after_closing${unit}`, { n: days })
  if (days === 0) return t('ui.revisit.on_festival', { festival })
  return t(`ui.revisit.${days < 0 ? 'before' : 'after'}_festival${unit}`, { festival, n: Math.abs(days) })
}
export const festivalName = (one: { festival_zh?: string; festival_en?: string }) => (locale.value === 'en' ? one.festival_en : one.festival_zh) ?? ''
/** Why this call: an agreed one, a closed case, a festival. */
export function why(one: Revisit): string {
  return one.parent_id ? t('ui.revisit.agreed') : offsetText(one.trigger, one.offset_days, festivalName(one))
}

export const minuteText = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
/** "09:30" → 570; undefined when it is no time of a day. 24:00 is its end. */
export function parseMinute(text: string): number | undefined {
  const match = /^\s*(\d{1,2})[:：](\d{2})\s*$/.exec(text)
  const minute = match ? Number(match[1]) * 60 + Number(match[2]) : -1
  return match && Number(match[2]) < 60 && minute <= 1440 ? minute : undefined
}

/** 02-03, with the year only when it is not this one. */
export function dateText(date: string, today = new Date().toISOString()): string {
  return date.slice(0, 4) === today.slice(0, 4) ? date.slice(5) : date
}
export function weekdayName(date: string): string {
  return new Intl.DateTimeFormat(locale.value, { weekday: 'short', timeZone: 'UTC' }).format(Date.parse(`${date}T00:00Z`))
}
/** The day so many days later. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
export function addMonths(month: string, by: number): string {
  const at = new Date(`${month}-01T00:00Z`)
  at.setUTCMonth(at.getUTCMonth() + by)
  return at.toISOString().slice(0, 7)
}
