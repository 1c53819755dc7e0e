import { ref, watch } from 'vue'
import { createI18n } from 'vue-i18n'

/** The two languages of schema/text. The files are flat maps "key": "sentence with {name}". */
export type Locale = 'zh-CN' | 'en'
type Texts = Record<string, string>
type Params = Record<string, string | number>

type File = () => Promise<{ default: Texts }>
/** Of each language what every page needs, and what pages need that few open (vite.config.ts says which). */
const files: Record<Locale, [File, File]> = {
  'zh-CN': [() => import('../../../../schema/text/zh-CN.json?part=first'), () => import('../../../../schema/text/zh-CN.json?part=seldom')],
  en: [() => import('../../../../schema/text/en.json?part=first'), () => import('../../../../schema/text/en.json?part=seldom')],
}

/** Puts values into a sentence; a name without a value stays visible. The service does the same. */
export function fill(sentence: string, params: Params): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

// No eval under the content security policy, and the same simple sentences as on the service: an own compiler of one line.
export const i18n = createI18n({
  legacy: false,
  locale: globalThis.document?.documentElement.lang === 'en' ? 'en' : 'zh-CN', // boot.js chose it; no document under test
  fallbackLocale: 'zh-CN',
  missingWarn: false,
  fallbackWarn: false,
  messages: {} as Record<string, Texts>,
  messageResolver: (texts, key) => (texts as Texts)[key] ?? null,
  messageCompiler: (sentence: unknown) => (ctx: { named(name: string): unknown }) =>
    String(sentence).replace(/\{(\w+)\}/g, (whole, name: string) => String(ctx.named(name) ?? whole)),
} as Parameters<typeof createI18n>[0])

const composer = i18n.global as unknown as {
  t(key: string, params?: Params): string
  locale: { value: string }
  getLocaleMessage(locale: string): Texts
  setLocaleMessage(locale: string, texts: Texts): void
}

export const locale = ref<Locale>(composer.locale.value as Locale)

export function t(key: string, params: Params = {}): string {
  return composer.t(key, params)
}

/** The sentence of a count: `key_one` where there is exactly one. `shown`: how the number is written. */
export function tn(key: string, n: number, shown: string | number = n): string {
  return t(n === 1 && has(`${key}_one`) ? `${key}_one` : key, { n: shown })
}

export function has(key: string): boolean {
  return key in (composer.getLocaleMessage(composer.locale.value) ?? {})
}

/** A word as it stands inside a sentence: Phone → phone in English, WeChat stays. */
export function inner(text: string): string {
  return /^[A-Z][a-z]+(?![A-Za-z])/.test(text) && locale.value === 'en' ? text[0]!.toLowerCase() + text.slice(1) : text
}

/** The raw sentence, for components that put more than text into its places. */
export function sentence(key: string): string {
  void composer.locale.value // a change of language renders again
  return composer.getLocaleMessage(composer.locale.value)?.[key] ?? key
}

/** The name of a state word: word('header', 'in_transit'). */
export function word(list: string, value: string | undefined): string {
  if (!value) return ''
  const key = `word.${list}.${value}`
  return has(key) ? t(key) : value
}

let seldom: Promise<void> = Promise.resolve()
/** Settles when the texts of seldom pages are there. */
export const allTexts = () => seldom

/** Settles when pages can be shown; the texts of seldom pages come behind. */
export async function useLocale(next: Locale): Promise<void> {
  const [first, rest] = files[next]
  const known = composer.getLocaleMessage(next) ?? {}
  composer.setLocaleMessage(next, { ...known, ...(await first()).default })
  seldom = rest().then(({ default: texts }) => composer.setLocaleMessage(next, { ...composer.getLocaleMessage(next), ...texts }))
  seldom.catch(() => undefined) // whoever waits for them hears of it
  composer.locale.value = next
  locale.value = next
}

watch(locale, (value) => {
  if (!globalThis.document) return
  document.documentElement.lang = value
  localStorage.setItem('aftercare.locale', value)
})
