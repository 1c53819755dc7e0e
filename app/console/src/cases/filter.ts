import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'
import { answer, client } from '../api/client'
import { can, session, shopFilter, zoneOf } from '../api/session'
import { useStaff } from '../api/staff'
import type { Schemas } from '../api/types'
import { t, word } from '../text/i18n'
import type { MenuItem } from '../ui/menu.vue'
import { causes } from './causes'
import { views, type CaseQuery, type View } from './queries'
import { headers, kinds } from './states'

export type SavedView = Schemas['SavedView']
export type ViewFilter = SavedView['filter']

const words = ['shop_id', 'status', 'kind', 'header', 'owner', 'cause', 'q', 'sort'] as const
const times = ['opened_from', 'opened_before'] as const
const statuses = ['open', 'waiting_customer', 'waiting_partner', 'resolved', 'closed'] as const
const spans = [1, 4, 24, 72].map((hours) => hours * 3_600_000)

const within = (ms: number) => t('ui.filter.within', { h: Math.round(ms / 360_000) / 10 })

/** A question without what it asks anyway, in one order: equal questions have equal texts. */
function plain(filter: ViewFilter): ViewFilter {
  const kept = Object.entries(filter).filter(([name, value]) => value !== undefined && value !== false && value !== '' && !(name === 'sort' && value === 'due'))
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)))
}
export function sameFilter(a: ViewFilter, b: ViewFilter): boolean {
  return JSON.stringify(plain(a)) === JSON.stringify(plain(b))
}
/** The address of a saved view says its whole question, so that it also leads those there who do not have the view. */
export function addressOf(view: { id: string; filter: ViewFilter }): LocationQueryRaw {
  return { saved: view.id, ...Object.fromEntries(Object.entries(plain(view.filter)).map(([name, value]) => [name, value === true ? '1' : String(value)])) }
}

export function useSavedViews() {
  return useQuery({
    queryKey: computed(() => ['counts', 'views', shopFilter.value]),
    queryFn: () => answer(client.GET('/api/v1/views', { params: { query: { shop_id: shopFilter.value } } })),
    enabled: computed(() => can('read_cases')),
  })
}

export interface Pill {
  name: string
  label: string
  value?: string
  options: MenuItem[]
  /** A day in place of options: the whole of it belongs to the answer. */
  at?: number
  zone?: string
}

/** The question of the queue, all of it in the URL. */
export function useFilter() {
  const route = useRoute()
  const router = useRouter()
  const staff = useStaff()
  const text = (name: string) => (typeof route.query[name] === 'string' && route.query[name] ? (route.query[name] as string) : undefined)
  const saved = computed(() => text('saved'))
  const view = computed<View>(() => (text('view') && text('view')! in views ? (text('view') as View) : 'all_open'))
  const filter = computed<ViewFilter>(() => {
    const asked: Record<string, unknown> = saved.value ? {} : { ...views[view.value].query }
    for (const name of words) if (text(name)) asked[name] = text(name)
    if (text('unfinished')) asked.unfinished = true
    if (text('urgent')) asked.urgent = true
    for (const name of times) if (Number(text(name)) > 0) asked[name] = Number(text(name))
    if (asked.cause || asked.opened_from || asked.opened_before) asked.sort = 'opened' // as the service sorts them
    if (Number(text('due_within_ms')) > 0) asked.due_within_ms = Number(text('due_within_ms'))
    return asked as ViewFilter
  })
  /** What is over is looked for by why and when; what is open by who and how long. */
  const finished = computed(() => !!saved.value || filter.value.status === 'closed' || filter.value.status === 'resolved')
  const query = computed<CaseQuery>(() => ({ ...(shopFilter.value ? { shop_id: shopFilter.value } : {}), ...filter.value, ...(text('goods') && !filter.value.kind ? { goods: true } : {}) }))
  function put(changes: Record<string, string | undefined>) {
    void router.replace({ query: { ...route.query, ...changes } })
  }

  const pills = computed<Pill[]>(() => {
    // What is not among the choices narrows the list all the same, and is shown: an hour count of its own, somebody who left.
    const make = (name: string, label: string, options: MenuItem[], other = text(name)): Pill => ({
      name, label, value: text(name) && (options.find((option) => option.value === text(name))?.label ?? other), options: options.map((option) => ({ ...option, on: option.value === text(name) })),
    })
    const everybody = staff.data.value?.items ?? []
    const others = everybody.filter((one) => one.active && one.id !== session.value?.staff.id)
    const shops = session.value?.shops ?? []
    return [
      ...(saved.value || text('status') ? [make('status', t('ui.filter.status'), statuses.map((value) => ({ value, label: word('status', value) })))] : []),
      ...(saved.value || text('urgent') ? [make('urgent', t('ui.view.urgent'), [{ value: '1', label: t('ui.yes') }])] : []),
      ...(text('unfinished') ? [make('unfinished', t('ui.filter.unfinished'), [{ value: '1', label: t('ui.yes') }])] : []),
      ...(text('goods') ? [make('goods', t('ui.nav.returns'), [{ value: '1', label: t('ui.yes') }])] : []),
      make('header', t('ui.col.state'), Object.entries(headers).map(([value, look]) => ({ value, label: word('header', value), icon: look[1] }))),
      make('kind', t('ui.col.kind'), Object.entries(kinds).map(([value, icon]) => ({ value, label: word('kind', value), icon }))),
      make('owner', t('ui.col.owner'), [{ value: 'me', label: t('ui.me') }, { value: 'none', label: t('ui.unassigned') }, ...others.map((one) => ({ value: one.id, label: one.name }))], everybody.find((one) => one.id === text('owner'))?.name),
      make('due_within_ms', t('ui.col.due'), spans.map((ms) => ({ value: String(ms), label: within(ms) })), within(Number(text('due_within_ms')))),
      ...(finished.value || text('cause') ? [make('cause', t('field.cause_code'), causes.map((value) => ({ value, label: word('cause', value) })))] : []),
      ...times.filter((name) => finished.value || text(name)).map((name): Pill => ({ name, label: t(`ui.filter.${name}`), options: [], at: Number(text(name)) || undefined, zone: zoneOf(text('shop_id') ?? shopFilter.value) })),
      ...(shops.length > 1 || text('shop_id') ? [make('shop_id', t('ui.shop'), shops.map((shop) => ({ value: shop.id, label: shop.name })))] : []),
    ]
  })
  const filtered = computed(() => pills.value.some((pill) => text(pill.name)) || !!text('q'))
  const cleared = () => put(Object.fromEntries([...pills.value.map((pill) => pill.name), 'q'].map((name) => [name, undefined])))
  return { text, saved, view, filter, query, put, pills, filtered, cleared }
}
