import { fill, has, sentence, t } from '../text/i18n'
import { money, when } from '../ui/format'

let zone = () => 'UTC'
/** Where the times that a sentence tells are: the session says so. */
export const tellTimesIn = (of: () => string) => void (zone = of)

export interface Way {
  code: string
  params?: Record<string, string>
  text?: string
}

/** An answer that says no: the service's problem JSON, or a lost connection (status 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly fields: { pointer: string; code: string }[] = [],
    readonly ways: Way[] = [],
    readonly requestId = '',
  ) {
    super(detail)
    this.name = 'Problem'
  }
  /** The fields that a form shows beside themselves. */
  readonly shown = new Set<string>()
  /** The reason, the wrong fields that no form shows, then the ways out. */
  get whole(): string {
    const fields = this.fields.filter(({ pointer }) => !this.shown.has(pointer)).map(({ pointer, code }) => t('ui.field_says', { field: fieldName(pointer), text: fieldText(code) }))
    return [this.message, ...fields, ...this.ways.map((way) => wayText(way))].filter(Boolean).join(t('ui.sentence_gap'))
  }
  /** The error of one field, by its JSON pointer. */
  field(pointer: string): string | undefined {
    this.shown.add(pointer)
    const found = this.fields.find((field) => field.pointer === pointer)
    return found && fieldText(found.code)
  }
}

function fieldName(pointer: string): string {
  const name = pointer.split('/').at(-1)!
  const key = [`field.${name}`, `ui.policy.term.${name}`].find(has)
  return key ? t(key) : name
}

export function fieldText(code: string): string {
  return has(`ui.field_error.${code}`) ? t(`ui.field_error.${code}`) : t('ui.field_error.other')
}

export function wayText(way: Way, currency?: string): string {
  return way.text || codeText('remedy', way.code, way.params, currency)
}

/** The sentence of a refusal or remedy code, with its values. */
export function codeText(kind: 'problem' | 'remedy', code: string, params: Record<string, string> = {}, currency = 'CNY'): string {
  const key = `${kind}.${code}`
  return has(key) ? fill(sentence(key), named(params, currency)) : code
}

/** Why something was not done, in words; `other` (or the code) where nothing here can say it. */
export function reasonWords(code: string, params: Record<string, string> = {}, other = code): string {
  if (code.startsWith('http_')) return t('ui.webhook.http', { status: code.slice(5) })
  if (has(`word.delivery_code.${code}`)) return t(`word.delivery_code.${code}`)
  const text = codeText('problem', code, params)
  return text === code || text.includes('{') ? other : text
}

/** As the service fills them: words of ours as words (lists word by word), {x_minor} as an amount of x, {x_time} as a time. */
function named(params: Record<string, string>, currency: string): Record<string, string> {
  const lists = Object.keys(params)
  return Object.fromEntries(Object.entries(params).flatMap(([name, value]) => {
    const number = /^-?\d+$/.test(value) ? Number(value) : undefined
    return [
      [name, value.split(/, ?/).map((each) => wordOf(each, lists)).join(t('ui.list_gap'))],
      [`${name}_minor`, number === undefined ? value : money(number, currency)],
      [`${name}_time`, number === undefined ? value : when(number, zone())],
    ]
  }))
}

/** `lists`: those that the params are called after go before the others: words may stand in several. */
function wordOf(value: string, lists: string[]): string {
  const list = [...lists, 'decision', 'header', 'permission', 'kind', 'stage', 'department', 'fact', 'outside', 'exclusion'].find((one) => has(`word.${one}.${value}`))
  return list ? t(`word.${list}.${value}`) : value
}

export function toProblem(status: number, body: unknown): Problem {
  const p = (body ?? {}) as { code?: string; detail?: string; title?: string; errors?: { pointer: string; code: string }[]; remedies?: Way[]; request_id?: string }
  return new Problem(status, p.code ?? 'unknown', p.detail || p.title || t('ui.error.unexpected', { status }), p.errors, p.remedies, p.request_id)
}
