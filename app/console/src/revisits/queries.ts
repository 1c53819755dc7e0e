import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { answer, client } from '../api/client'
import { can, shopFilter } from '../api/session'
import type { paths } from '../api/types.gen'
import { locale, t } from '../text/i18n'

export type RevisitQuery = NonNullable<paths['/api/v1/revisits']['get']['parameters']['query']>

/** The tabs of the list, each a question to the service. */
export const tabs = {
  mine: { state: 'due', owner: 'me' },
  due: { state: 'due' },
  held: { state: 'held' },
  planned: { state: 'planned' },
  done: { state: 'done', newest: true },
  all: { newest: true },
} as const satisfies Record<string, RevisitQuery>
export type Tab = keyof typeof tabs

export function useRevisitCounts() {
  return useQuery({
    queryKey: computed(() => ['revisits', 'counts', shopFilter.value]),
    queryFn: () => answer(client.GET('/api/v1/revisits/counts', { params: { query: { shop_id: shopFilter.value } } })),
    enabled: computed(() => can('read_cases')),
    refetchInterval: 60_000,
  })
}

export function askRevisits(query: RevisitQuery) {
  return answer(client.GET('/api/v1/revisits', { params: { query } }))
}

/** Those of a customer, a case or a day: one page is enough. */
export function useRevisits(query: Ref<RevisitQuery | undefined>) {
  return useQuery({
    queryKey: computed(() => ['revisits', 'some', query.value]),
    queryFn: () => askRevisits({ limit: 100, ...query.value! }),
    enabled: computed(() => !!query.value),
  })
}

export function useRevisit(id: Ref<string>) {
  return useQuery({
    queryKey: computed(() => ['revisits', 'one', id.value]),
    queryFn: () => answer(client.GET('/api/v1/revisits/{revisit_id}', { params: { path: { revisit_id: id.value } } })),
    enabled: computed(() => !!id.value),
  })
}

export function useMonth(month: Ref<string>) {
  return useQuery({
    queryKey: computed(() => ['revisits', 'month', month.value, shopFilter.value]),
    queryFn: () => answer(client.GET('/api/v1/revisits/month', { params: { query: { month: month.value, shop_id: shopFilter.value } } })),
    placeholderData: keepPreviousData,
  })
}

export function useDays(from: Ref<string | undefined>, to: Ref<string | undefined>) {
  return useQuery({
    queryKey: computed(() => ['calendar', from.value, to.value, shopFilter.value]),
    queryFn: () => answer(client.GET('/api/v1/calendar', { params: { query: { from: from.value!, to: to.value!, shop_id: shopFilter.value } } })),
    placeholderData: keepPreviousData,
    enabled: computed(() => !!from.value && !!to.value),
  })
}

/** The festivals that the days of a year say there are. */
export function useFestivals() {
  const list = useQuery({
    queryKey: ['festivals'],
    queryFn: async () => {
      const year = new Date().getFullYear()
      const days = await answer(client.GET('/api/v1/calendar', { params: { query: { from: `${year}-01-01`, to: `${year}-12-31` } } }))
      return [...new Map(days.items.flatMap((day) => day.festivals).map((one) => [one.id, one])).values()]
    },
    staleTime: Infinity,
  })
  const festivals = computed(() => list.data.value ?? [])
  const festivalOf = (id = '') => {
    const one = festivals.value.find((each) => each.id === id)
    return (locale.value === 'en' ? one?.name_en : one?.name_zh) ?? id
  }
  /** The papers name their days off in Chinese: 国庆节、中秋节. */
  const holidayOf = (zh = '') => (locale.value === 'en' ? zh.split('、').map((each) => festivals.value.find((one) => one.name_zh === each)?.name_en ?? each).join(t('ui.list_gap')) : zh)
  return { festivals, festivalOf, holidayOf }
}

export function usePlans() {
  return useQuery({
    queryKey: computed(() => ['plans', shopFilter.value]),
    queryFn: () => answer(client.GET('/api/v1/revisit_plans', { params: { query: { shop_id: shopFilter.value } } })),
    enabled: computed(() => can('read_cases')),
  })
}
