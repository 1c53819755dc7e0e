import { ref } from 'vue'
import { askCases, type CaseQuery } from './queries'

/** The list a case was opened from, so that [ and ] walk through it, and on into what was not loaded yet. */
export interface Queue {
  ids: string[]
  from: string
  query?: CaseQuery
  next?: string
}
export const queue = ref<Queue>({ ids: [], from: '/cases' })
/** The case that was shown last: the list goes on there. */
export const opened = ref('')

export async function loadNeighbours() {
  const { query, next } = queue.value
  if (!query || !next) return
  const page = await askCases(query, next)
  if (queue.value.next === next) queue.value = { ...queue.value, ids: [...new Set([...queue.value.ids, ...page.items.map((row) => row.id)])], next: page.next }
}

/** Where the list goes on: at the case that was open, or at the first after it that is still there. */
export function lastPlace(ids: string[]): number {
  const was = queue.value.ids
  const there = new Set(ids)
  const found = was.slice(Math.max(0, was.indexOf(opened.value))).find((id) => there.has(id))
  return opened.value && found ? ids.indexOf(found) : 0
}
