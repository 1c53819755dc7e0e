import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { answer, client } from '../api/client'
import { session } from '../api/session'
import { useStaff } from '../api/staff'
import type { Schemas } from '../api/types'
import type { paths } from '../api/types.gen'
import { useList } from '../ui/list'
import { oneOf } from './merged'
import { withOperation } from './states'

/** `goods`: every kind that the board shows, as long as no `kind` is asked for. */
export type CaseQuery = NonNullable<paths['/api/v1/cases']['get']['parameters']['query']> & { goods?: boolean }

/** The built-in views of the queue, each a question to the service. `count`: its number in CaseCounts; those without are not counted. */
export const views = {
  mine: { query: { owner: 'me', unfinished: true }, count: 'mine' },
  due_soon: { query: { unfinished: true, due_within_ms: 3_600_000 }, count: 'due_soon' },
  urgent: { query: { unfinished: true, urgent: true } },
  to_act: { query: { status: 'open' }, count: 'to_act' },
  all_open: { query: { unfinished: true }, count: 'all_open' },
  unassigned: { query: { owner: 'none', unfinished: true }, count: 'unassigned' },
  waiting_customer: { query: { status: 'waiting_customer' }, count: 'waiting_customer' },
  waiting_partner: { query: { status: 'waiting_partner' }, count: 'waiting_partner' },
  resolved: { query: { status: 'resolved', sort: 'changed' }, count: 'resolved' },
  closed: { query: { status: 'closed', sort: 'changed' } },
} as const satisfies Record<string, { query: CaseQuery; count?: keyof Schemas['CaseCounts'] }>
export type View = keyof typeof views

export async function askCases({ goods, ...query }: CaseQuery, after: string | undefined, limit = 50): Promise<Schemas['CaseList']> {
  if (!goods || query.kind) return answer(client.GET('/api/v1/cases', { params: { query: { ...query, after, limit } } }))
  return oneOf(await Promise.all(withOperation.map((kind) => askCases({ ...query, kind }, after, limit))), query.sort)
}

export function useCases(query: Ref<CaseQuery>) {
  return useList(computed(() => ['cases', query.value]), (after) => askCases(query.value, after))
}

export function askCase(id: string) {
  return answer(client.GET('/api/v1/cases/{case_id}', { params: { path: { case_id: id } } }))
}

export function useCase(id: Ref<string | undefined>) {
  return useQuery({
    queryKey: computed(() => ['case', id.value]),
    queryFn: () => askCase(id.value!),
    enabled: computed(() => !!id.value),
  })
}

export function useTimeline(id: Ref<string>) {
  return useQuery({
    queryKey: computed(() => ['timeline', id.value]),
    queryFn: () => answer(client.GET('/api/v1/cases/{case_id}/events', { params: { path: { case_id: id.value }, query: {} } })),
  })
}

/** What the clocks of a case went through; asked when somebody looks. */
export function useClockHistory(id: Ref<string>, version: Ref<number>, wanted: Ref<boolean>) {
  return useQuery({
    queryKey: computed(() => ['clocks', id.value, version.value]),
    queryFn: () => answer(client.GET('/api/v1/cases/{case_id}/clocks', { params: { path: { case_id: id.value } } })),
    enabled: wanted,
  })
}

/** Gives a case to somebody, or back to the queue. */
export function assign(caseId: string, ownerId: string, version?: number) {
  return answer(client.POST('/api/v1/cases/{case_id}/assign', {
    params: { path: { case_id: caseId }, header: version === undefined ? {} : { 'If-Match': `"${version}"` } },
    body: ownerId ? { owner_id: ownerId } : {},
  }))
}

/** Who a case may be given to: everybody who still works here, as far as this person may see them. */
export function useColleagues() {
  const staff = useStaff()
  return computed(() => (staff.data.value?.items ?? (session.value ? [session.value.staff] : [])).filter((one) => one.active))
}
