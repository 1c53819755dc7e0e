/** Where this browser is, and what a shop there most likely reckons in. */
export const zones: string[] = Intl.supportedValuesOf('timeZone')
export const here = Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Shanghai'

const currencies: [RegExp, string][] = [
  [/^Asia\/(Shanghai|Urumqi|Chongqing|Harbin)$/, 'CNY'], [/^Asia\/Hong_Kong$/, 'HKD'], [/^Asia\/Taipei$/, 'TWD'], [/^Asia\/Tokyo$/, 'JPY'],
  [/^Asia\/Singapore$/, 'SGD'], [/^Europe\/London$/, 'GBP'], [/^Europe\//, 'EUR'], [/^America\//, 'USD'], [/^Australia\//, 'AUD'],
]
export const currencyHere = currencies.find(([zone]) => zone.test(here))?.[1] ?? 'CNY'
