import { keepPreviousData, useInfiniteQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** A word of the address: what a list was narrowed to is still there on the way back. */
export function useParam(name: string) {
  const route = useRoute()
  const router = useRouter()
  return computed<string>({ get: () => String(route.query[name] ?? ''), set: (value) => void router.replace({ query: { ...route.query, [name]: value || undefined } }) })
}

interface PageOf<T> {
  items: T[]
  next?: string
}

/** A keyset list: pages are asked for as the reader scrolls near the end. */
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
  function near(event: Event) {
    const box = event.target as HTMLElement
    if (box.scrollTop + box.clientHeight > box.scrollHeight - 400 && list.hasNextPage.value && !list.isFetchingNextPage.value) void list.fetchNextPage()
  }
  return { list, rows, near }
}
