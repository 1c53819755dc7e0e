/** The subset of JSON Schema that plugins describe their settings with, and its `x-ac` hints. */
export interface Hints {
  title?: Record<string, string>
  help?: Record<string, string>
  placeholder?: string
  order?: number
  secret?: boolean
  /** What the values of an enum are called. */
  words?: Record<string, Record<string, string>>
}
export interface Property {
  type?: 'string' | 'integer' | 'number' | 'boolean' | 'array'
  enum?: string[]
  default?: unknown
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  'x-ac'?: Hints
}
export interface Schema {
  required?: string[]
  properties?: Record<string, Property>
}
export interface Setting {
  name: string
  property: Property
  required: boolean
  title: string
  help: string
  secret: boolean
  /** The values of an enum with their names. */
  options: { value: string; label: string }[]
}

export const masked = '********'

export function settingsOf(schema: unknown, locale: string): Setting[] {
  const { properties = {}, required = [] } = (schema ?? {}) as Schema
  const language = locale === 'en' ? 'en' : 'zh'
  return Object.entries(properties)
    .map(([name, property]) => ({
      name,
      property,
      required: required.includes(name),
      title: property['x-ac']?.title?.[language] ?? name,
      help: [property['x-ac']?.help?.[language], property.minimum !== undefined && property.maximum !== undefined ? `${property.minimum}–${property.maximum}` : ''].filter(Boolean).join(' · '),
      options: (property.enum ?? []).map((value) => ({ value, label: property['x-ac']?.words?.[value]?.[language] ?? value })),
      secret: !!property['x-ac']?.secret,
    }))
    .sort((a, b) => (a.property['x-ac']?.order ?? 99) - (b.property['x-ac']?.order ?? 99))
}

export function startValues(settings: Setting[], have: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(settings.map(({ name, property }) => [name, have[name] ?? property.default ?? (property.type === 'boolean' ? false : '')]))
}

/** What is wrong with a value, as a code of ui.field_error; the service checks again. */
export function wrongSetting(setting: Setting, value: unknown): string | undefined {
  const { property, required } = setting
  if (value === '' || value === undefined || value === null) return required ? 'required' : undefined
  if (property.type === 'integer' || property.type === 'number') {
    const n = Number(value)
    if (!Number.isFinite(n) || (property.type === 'integer' && !Number.isInteger(n))) return 'number'
    if ((property.minimum !== undefined && n < property.minimum) || (property.maximum !== undefined && n > property.maximum)) return 'out_of_range'
  }
  if (property.type === 'string') {
    const text = String(value)
    if (property.maxLength !== undefined && text.length > property.maxLength) return 'too_long'
    if (property.minLength !== undefined && text.length < property.minLength) return 'too_short'
  }
  return undefined
}

/** The settings as the plugin wants them: numbers as numbers, empty optional ones left out. */
export function toSend(settings: Setting[], values: Record<string, unknown>): Record<string, unknown> {
  const entries = settings.flatMap(({ name, property }): [string, unknown][] => {
    const value = values[name]
    if (value === '' || value === undefined || value === null) return []
    if (property.type === 'integer' || property.type === 'number') return [[name, Number(value)]]
    return [[name, value]]
  })
  return Object.fromEntries(entries)
}
