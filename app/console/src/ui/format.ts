import { locale, t } from '../text/i18n'

/** Money: integer minor units and an ISO currency. Digits after the point come from the currency. */
export function digits(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}

/** 31027 → "310.27": for columns that say the currency once in their head. A true minus. */
export function amount(minor: number, currency: string): string {
  const places = digits(currency)
  return new Intl.NumberFormat('en', { minimumFractionDigits: places, maximumFractionDigits: places })
    .format((minor || 0) / 10 ** places)
    .replace('-', '−')
}

export function symbol(currency: string): string {
  try {
    const parts = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0)
    return parts.find((part) => part.type === 'currency')?.value ?? currency
  } catch {
    return currency
  }
}

/** 31027 → "¥310.27": for running text, totals and buttons. */
export function money(minor: number, currency: string): string {
  const text = amount(Math.abs(minor), currency)
  return `${minor < 0 ? '−' : ''}${symbol(currency)}${text}`
}

/** "310.27" → 31027; undefined when it is no amount with at most the currency's digits. */
export function parseAmount(text: string, currency: string): number | undefined {
  const places = digits(currency)
  const match = /^\s*(\d{1,12})(?:\.(\d*))?\s*$/.exec(text.replace(/,/g, ''))
  if (!match || (match[2] ?? '').length > places) return undefined
  return Number(match[1]) * 10 ** places + Number((match[2] ?? '').padEnd(places, '0') || 0)
}

interface Parts {
  year: string
  month: string
  day: string
  hour: string
  minute: string
}

function parts(at: number, zone: string): Parts {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone || undefined,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value])) as unknown as Parts
}

/** 11-26, with the year only when it is not this one. */
export function day(at: number | undefined, zone: string, now = Date.now()): string {
  if (!at) return '—'
  const p = parts(at, zone)
  return p.year === parts(now, zone).year ? `${p.month}-${p.day}` : `${p.year}-${p.month}-${p.day}`
}

/** Today 10:42; 昨天 09:05; 11-16 10:12. */
export function when(at: number | undefined, zone: string, now = Date.now()): string {
  if (!at) return '—'
  const p = parts(at, zone)
  const clock = `${p.hour}:${p.minute}`
  const date = day(at, zone, now)
  if (date === day(now, zone, now)) return clock
  if (date === day(now - 86_400_000, zone, now)) return t('ui.yesterday', { time: clock })
  if (date === day(now + 86_400_000, zone, now)) return t('ui.tomorrow', { time: clock })
  return `${date} ${clock}`
}

/** 11-26 10:42, also of today: for what is read on another day. */
export function stamp(at: number | undefined, zone: string): string {
  if (!at) return '—'
  const p = parts(at, zone)
  return `${day(at, zone)} ${p.hour}:${p.minute}`
}

/** Full time with its zone, for tooltips. */
export function fullTime(at: number | undefined, zone: string): string {
  if (!at) return ''
  return new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeStyle: 'long', timeZone: zone || undefined }).format(at)
}

/** How long since: the shortest true form. */
export function ago(at: number, now = Date.now()): string {
  const minutes = Math.max(0, Math.floor((now - at) / 60_000))
  if (minutes < 60) return t('ui.span_m', { m: minutes })
  if (minutes < 48 * 60) return t('ui.span_h', { h: Math.floor(minutes / 60) })
  return t('ui.span_d', { d: Math.floor(minutes / 1440) })
}

export function initial(name: string): string {
  return name.trim().slice(0, 1).toUpperCase() || '–'
}

/** 525461 → "525,461". */
export function count(n: number): string {
  return new Intl.NumberFormat('en').format(n)
}

/** 12884901 → "12.9 MB". */
export function bytes(n: number): string {
  const step = n < 1000 ? 0 : n < 1e6 ? 1 : n < 1e9 ? 2 : 3
  return `${step ? (n / 1000 ** step).toFixed(1) : n} ${['B', 'kB', 'MB', 'GB'][step]}`
}
