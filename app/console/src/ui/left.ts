import { t } from '../text/i18n'

export interface Left {
  level: 'plenty' | 'near' | 'over' | 'paused'
  text: string
}

/** The shortest true form of a span: 6 分, 1 时 52 分, 1 天 2 时. `dayMinutes`: what counts as a day (540 for working time). */
export function span(ms: number, dayMinutes = 1440): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000)
  if (minutes < 60) return t('ui.span_m', { m: minutes })
  const days = Math.floor(minutes / dayMinutes)
  const hours = Math.floor((minutes % dayMinutes) / 60)
  if (days > 0) return hours > 0 ? t('ui.span_dh', { d: days, h: hours }) : t('ui.span_d', { d: days })
  const rest = minutes % 60
  return rest > 0 ? t('ui.span_hm', { h: hours, m: String(rest).padStart(2, '0') }) : t('ui.span_h', { h: hours })
}

/** A span by its largest unit alone, where there is little room. */
export function roughly(ms: number, dayMinutes = 1440): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000)
  if (minutes < 60) return t('ui.span_m', { m: minutes })
  return minutes < dayMinutes ? t('ui.span_h', { h: Math.floor(minutes / 60) }) : t('ui.span_d', { d: Math.floor(minutes / dayMinutes) })
}

/** What is left of a promise. `total`: its whole length, when known; then the last fifth is short, else the last hour. */
export function left(ms: number, total?: number, dayMinutes = 1440): Left {
  if (ms < 0) return { level: 'over', text: t('ui.over', { span: span(ms, dayMinutes) }) }
  const near = total ? ms <= total / 5 : ms <= 3_600_000
  return { level: near ? 'near' : 'plenty', text: t('ui.left', { span: span(ms, dayMinutes) }) }
}
