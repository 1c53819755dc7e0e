import { ref } from 'vue'

/** The list a case was opened from, so that [ and ] walk through it. */
export const queue = ref<{ ids: string[]; from: string }>({ ids: [], from: '/cases' })

export function rememberQueue(ids: string[], from: string) {
  queue.value = { ids, from }
}
