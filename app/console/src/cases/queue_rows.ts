import { computed, ref, watch, type Ref } from 'vue'
import { lastPlace } from './neighbours'
import { useCases, type CaseQuery } from './queries'

/** The rows of the queue before a person. They change and leave in place, pages join at the end, and new ones wait behind a pill, so that
    the list never jumps under a hand. Focus and selection hold on to cases, not to places. */
export function useQueueRows(query: Ref<CaseQuery>) {
  const { list, rows: fresh, box, near, more } = useCases(query)
  const ids = computed(() => [...new Set(fresh.value.map((row) => row.id))]) // a row that moved while pages were read stands in two of them
  const shown = ref<string[]>([])
  const rows = computed(() => {
    const known = new Map(fresh.value.map((row) => [row.id, row]))
    return shown.value.map((id) => known.get(id)).filter((row) => row !== undefined)
  })
  const extra = computed(() => ids.value.length - rows.value.length)

  const place = ref({ id: '', index: 0 })
  const focused = computed(() => {
    const at = shown.value.indexOf(place.value.id)
    return at >= 0 ? at : Math.max(0, Math.min(place.value.index, shown.value.length - 1))
  })
  const current = computed(() => rows.value[focused.value])
  function focus(index: number) {
    place.value = { id: shown.value[index] ?? '', index }
  }
  function move(by: number) {
    focus(Math.max(0, Math.min(rows.value.length - 1, focused.value + by)))
    if (focused.value > rows.value.length - 8) more()
  }

  const selected = ref(new Set<string>())
  let anchor = ''
  function toggle(index: number) {
    const id = shown.value[index]
    if (!id) return
    const next = new Set(selected.value)
    if (!next.delete(id)) next.add(id)
    selected.value = next
    anchor = id
  }
  function range() {
    const ends = [Math.max(0, shown.value.indexOf(anchor)), focused.value].sort((a, b) => a - b)
    selected.value = new Set([...selected.value, ...shown.value.slice(ends[0], ends[1]! + 1)])
  }
  function selectAll(on: boolean) {
    selected.value = new Set(on ? shown.value : [])
  }

  function show(next: string[]) {
    shown.value = next
    focus(focused.value) // the same case, or what stands in its place now
    selected.value = new Set([...selected.value].filter((id) => next.includes(id)))
  }
  const takeAll = () => show(ids.value)

  let seen: { question: string; pages: number } | undefined
  watch([fresh, () => list.isPlaceholderData.value], () => {
    const pages = list.data.value?.pages
    if (!pages || list.isPlaceholderData.value) return
    const question = JSON.stringify(query.value)
    if (question !== seen?.question) {
      selected.value = new Set()
      shown.value = ids.value
      focus(seen ? 0 : lastPlace(ids.value))
    } else {
      const there = new Set(ids.value)
      const joined = pages.slice(seen.pages).flatMap((page) => page.items.map((row) => row.id))
      show([...new Set([...shown.value.filter((id) => there.has(id)), ...joined])])
    }
    seen = { question, pages: pages.length }
  }, { immediate: true })

  return { list, rows, extra, takeAll, focused, current, focus, move, selected, toggle, range, selectAll, box, near }
}
