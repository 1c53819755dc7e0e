import { useQuery } from '@tanstack/vue-query'
import { computed, onBeforeUnmount, ref, watch, type Ref } from 'vue'
import { answer, client } from '../api/client'
import { can, shopFilter, shopOf } from '../api/session'
import type { Schemas } from '../api/types'
import { kinds } from '../cases/states'
import { nameOf } from '../customers/name'
import { t, word } from '../text/i18n'
import { money } from '../ui/format'
import type { IconName } from '../ui/icons'

export interface Line {
  to: string
  icon: IconName
  label: string
  also?: string
  hint?: string
}
export interface Group {
  label: string
  lines: Line[]
}

const most = 8 // as many of each as the service finds

function group(label: string, rows: Line[], all: string): Group {
  return { label, lines: rows.length < most ? rows : [...rows, { to: all, icon: 'arrow-right', label: t('ui.see_all') }] }
}
const customer = (row: Schemas['Customer']): Line => ({ to: `/customers/${row.id}`, icon: 'user', label: nameOf(row), also: [row.phone, row.email].filter(Boolean).join(' '), hint: row.region || row.country })
const order = (row: Schemas['OrderRow']): Line => ({ to: `/orders/${row.id}`, icon: 'shopping-bag', label: row.number, also: row.customer_name, hint: money(row.total_minor, row.currency) })
const supportCase = (row: Schemas['CaseRow']): Line => ({ to: `/cases/${row.id}`, icon: kinds[row.kind], label: `#${row.number}`, also: [row.customer_name, row.topic || row.last_note].filter(Boolean).join(' '), hint: word('kind', row.kind) })
const product = (row: Schemas['Product']): Line => ({ to: `/products/${row.id}`, icon: 'package', label: row.name || row.sku, also: [row.name && row.sku, row.spec].filter(Boolean).join(' '), hint: row.price_minor ? money(row.price_minor, shopOf(row.shop_id)?.currency ?? 'CNY') : '' })

/** What the house finds for the typed text, a moment after the last key. `#20011` asks for a case only. */
export function useSearch(typed: Ref<string>, open: Ref<boolean>) {
  const asked = ref('')
  let timer = 0
  const now = () => {
    clearTimeout(timer)
    asked.value = typed.value.trim()
  }
  watch(typed, () => {
    clearTimeout(timer)
    timer = window.setTimeout(now, 150)
  })
  onBeforeUnmount(() => clearTimeout(timer))
  const found = useQuery({
    queryKey: computed(() => ['search', asked.value, shopFilter.value]),
    queryFn: async ({ signal }) => {
      const q = asked.value
      return { q, rows: await answer(client.GET('/api/v1/search', { params: { query: { q: q.replace(/^#/, ''), shop_id: shopFilter.value } }, signal })) }
    },
    enabled: computed(() => open.value && asked.value.replace(/^#/, '') !== '' && can('read_cases')),
  })
  /** What stands below answers what stands in the field. A query that was just asked for is not fetching yet. */
  const settled = computed(() => asked.value === typed.value.trim() && !found.isFetching.value && (asked.value.replace(/^#/, '') === '' || !can('read_cases') || !!found.error.value || found.data.value?.q === asked.value))
  const groups = computed<Group[]>(() => {
    const data = found.data.value?.rows
    if (!data || !typed.value.trim()) return []
    const q = encodeURIComponent(asked.value)
    const cases = group(t('ui.nav.cases'), data.cases.map(supportCase), `/cases?view=all_open&q=${q}`)
    if (asked.value.startsWith('#')) return [{ label: cases.label, lines: data.cases.filter((row) => row.number.startsWith(asked.value.slice(1))).map(supportCase) }]
    return [
      group(t('ui.nav.customers'), data.customers.map(customer), `/customers?q=${q}`),
      group(t('ui.nav.orders'), data.orders.map(order), `/orders?q=${q}`),
      cases,
      group(t('ui.nav.products'), data.products.map(product), `/products?q=${q}`),
    ]
  })
  return { found, groups: computed(() => groups.value.filter((one) => one.lines.length)), settled, now }
}
