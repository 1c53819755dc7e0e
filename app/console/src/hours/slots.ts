import type { Slot } from '../ui/worktime'

const two = (n: number) => String(n).padStart(2, '0')
/** 540 as 09:00; 1440 as 24:00. */
export const clockOf = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
export const slotsText = (slots: readonly Slot[]) => slots.map((slot) => `${clockOf(slot.from)}-${clockOf(slot.to)}`).join(' ')

/** Also past 24:00; a slot says so. */
function minutesOf(text: string): number | undefined {
  const match = /^(\d{1,2})(?:[:：.]?(\d{2}))?$/.exec(text)
  if (!match) return undefined
  return Number(match[2] ?? 0) < 60 ? Number(match[1]) * 60 + Number(match[2] ?? 0) : undefined
}

/** Why slots cannot be kept: they are no times, a time is past 24:00, two are at once. */
export type SlotFault = 'unread' | 'late' | 'overlap'

/**
 * What people type: `9-12 13:30-18:00`, with commas or an en dash, too. Nothing typed is no slot.
 * `overnight`: a slot that ends before it begins ends on the next day.
 */
function readSlots(text: string, overnight = false): Slot[] | SlotFault {
  const slots: Slot[] = []
  for (const part of text.replace(/\s*[-–—~～至]\s*/g, '-').split(/[\s,，、;；]+/).filter(Boolean)) {
    const [begin, end, more] = part.split('-')
    const from = minutesOf(begin ?? ''), to = minutesOf(end ?? '')
    if (from === undefined || to === undefined || more !== undefined) return 'unread'
    if (from > 1440 || to > 1440) return 'late'
    if (to <= from && !overnight) return 'unread'
    slots.push({ from, to: to <= from ? to + 1440 : to })
  }
  slots.sort((a, b) => a.from - b.from)
  return slots.every((slot, i) => i === 0 || slots[i - 1]!.to <= slot.from) ? slots : 'overlap'
}
/** undefined: they cannot be kept. */
export function parseSlots(text: string, overnight = false): Slot[] | undefined {
  const read = readSlots(text, overnight)
  return typeof read === 'string' ? undefined : read
}
/** What is wrong with the shifts of a day; one may end on the next. */
export function shiftFault(text: string): SlotFault | undefined {
  const read = readSlots(text, true)
  return typeof read === 'string' ? read : undefined
}
