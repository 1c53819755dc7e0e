import { keepPreviousData, useQueries, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { answer, client } from '../api/client'
import { zoneOf } from '../api/session'
import type { CaseRow } from '../api/types'
import { day } from '../ui/format'
import { byDue, columns, questions, type ColumnKey } from './columns'
import { askCases, type CaseQuery } from './queries'

/** So many cases of each state are shown; of more, the ones with the nearest promise. */
export const most = 200
export interface Filled {
  key: ColumnKey
  rows: CaseRow[]
  /** There are more than these. */
  more: boolean
}

const settledToday = (row: CaseRow) => {
  const zone = zoneOf(row.shop_id)
  return day(row.changed_at, zone) === day(Date.now(), zone)
}
async function fill(key: ColumnKey, query: CaseQuery): Promise<Filled> {
  const pages = await Promise.all(questions(key, query).map((question) => askCases(question, undefined, most)))
  const rows = pages.flatMap((page) => page.items)
  if (key !== 'settled') return { key, rows: rows.sort(byDue), more: pages.some((page) => page.next) }
  const today = rows.filter(settledToday)
  return { key, rows: today, more: today.length === rows.length && pages.some((page) => page.next) }
}

const keys = Object.keys(columns) as ColumnKey[]
const empty = Object.fromEntries(keys.map((key) => [key, { key, rows: [], more: false }])) as unknown as Record<ColumnKey, Filled>

/** All columns of the board, as one answer: a card never stands in two of them. */
export function useBoard(query: Ref<CaseQuery>) {
  const found = useQuery({
    queryKey: computed(() => ['cases', 'board', query.value]),
    queryFn: async () => Object.fromEntries((await Promise.all(keys.map((key) => fill(key, query.value)))).map((one) => [one.key, one])) as Record<ColumnKey, Filled>,
    placeholderData: keepPreviousData,
  })
  const board = computed(() => found.data.value ?? empty)
  const error = computed(() => (found.data.value ? undefined : found.error.value ?? undefined))
  return { board, pending: found.isPending, error, again: () => found.refetch() }
}

/** The terms in force of these shops. */
export function useTerms(shops: Ref<string[]>) {
  const found = useQueries({
    queries: computed(() => shops.value.map((shop_id) => ({
      queryKey: ['policies', shop_id],
      queryFn: () => answer(client.GET('/api/v1/policies', { params: { query: { shop_id } } })),
      staleTime: 300_000,
    }))),
  })
  const terms = computed(() => new Map(shops.value.map((id, i) => [id, found.value[i]?.data?.items[0]?.terms])))
  return (shopId: string) => terms.value.get(shopId)
}
