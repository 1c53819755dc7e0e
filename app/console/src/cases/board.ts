import { keepPreviousData, useQueries } from '@tanstack/vue-query'
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

/** All columns of the board. They are asked for again together, and keep what they show meanwhile. */
export function useBoard(query: Ref<CaseQuery>) {
  const found = useQueries({
    queries: computed(() => (Object.keys(columns) as ColumnKey[]).map((key) => ({
      queryKey: ['cases', 'board', key, query.value],
      queryFn: () => fill(key, query.value),
      placeholderData: keepPreviousData,
    }))),
  })
  const board = computed(() => Object.fromEntries((Object.keys(columns) as ColumnKey[]).map((key, i) => [key, found.value[i]?.data ?? { key, rows: [], more: false }])) as Record<ColumnKey, Filled>)
  const pending = computed(() => found.value.some((one) => one.isPending))
  const error = computed(() => found.value.find((one) => one.error)?.error ?? undefined)
  const again = () => Promise.all(found.value.map((one) => one.refetch()))
  return { board, pending, error, again }
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
