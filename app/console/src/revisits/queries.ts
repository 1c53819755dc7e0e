import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { answer, client } from '../api/client'
import { can, shopFilter } from '../api/session'
import type { paths } from '../api/types.gen'

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
  })
}

export function useDays(from: Ref<string | undefined>, to: Ref<string | undefined>) {
  return useQuery({
    queryKey: computed(() => ['calendar', from.value, to.value, shopFilter.value]),
    queryFn: () => answer(client.GET('/api/v1/calendar', { params: { query: { from: from.value!, to: to.value!, shop_id: shopFilter.value } } })),
    enabled: computed(() => !!from.value && !!to.value),
  })
}

export function usePlans() {
  return useQuery({
    queryKey: computed(() => ['plans', shopFilter.value]),
    queryFn: () => answer(client.GET('/api/v1/revisit_plans', { params: { query: { shop_id: shopFilter.value } } })),
    enabled: computed(() => can('read_cases')),
  })
}
