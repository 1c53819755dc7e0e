import { keepPreviousData, useInfiniteQuery } from '@tanstack/vue-query'
import { computed, shallowRef, watch, type Ref, type VNodeRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** Words written and not yet in the address: two at once are one step, and the second does not undo the first. */
const written: Record<string, string | undefined> = {}

/** A word of the address: what a list was narrowed to is still there on the way back. */
export function useParam(name: string) {
  const route = useRoute()
  const router = useRouter()
  async function put(value: string) {
    const first = !Object.keys(written).length
    written[name] = value || undefined
    if (!first) return
    await Promise.resolve()
    const query = { ...route.query, ...written }
    for (const key of Object.keys(written)) delete written[key]
    await router.replace({ query })
  }
  return computed<string>({ get: () => String(route.query[name] ?? ''), set: (value) => void put(value) })
}

interface PageOf<T> {
  items: T[]
  next?: string
}

/** A keyset list: pages are asked for as the reader scrolls near the end, and while they do not fill the `box` they stand in. */
export function useList<T>(key: Ref<unknown[]>, ask: (after: string | undefined) => Promise<PageOf<T>>, enabled?: Ref<boolean>) {
  const list = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => ask(pageParam || undefined),
    initialPageParam: '',
    getNextPageParam: (page: PageOf<T>) => page.next || undefined,
    placeholderData: keepPreviousData,
    enabled: computed(() => enabled?.value ?? true),
  })
  const rows = computed<T[]>(() => list.data.value?.pages.flatMap((page) => page.items) ?? [])
  const at = shallowRef<HTMLElement>()
  const box: VNodeRef = (element) => (at.value = (element as HTMLElement | null) ?? undefined)
  function more() {
    if (list.hasNextPage.value && !list.isFetchingNextPage.value) void list.fetchNextPage()
  }
  const ends = ({ clientHeight, scrollHeight, scrollTop }: HTMLElement) => clientHeight > 0 && scrollTop + clientHeight > scrollHeight - 400
  const near = (event: Event) => ends(event.target as HTMLElement) && more()
  watch([rows, at], () => at.value && ends(at.value) && more(), { flush: 'post' })
  return { list, rows, box, near, more }
}
export type List<T> = ReturnType<typeof useList<T>>
