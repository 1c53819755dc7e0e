import { nextTick, ref, watch, type Ref } from 'vue'
import { useKeys } from './keys'

/** A table walked by j, k and Enter, as the queue is. `body` is its tbody; `more` asks for the next page. */
export function useRows<T>(body: Ref<HTMLTableSectionElement | undefined>, rows: Ref<T[]>, open: (row: T) => void, more: () => void = () => {}) {
  const focused = ref(0)
  watch(() => rows.value.length, (n) => focused.value >= n && (focused.value = 0))
  async function move(by: number) {
    focused.value = Math.max(0, Math.min(rows.value.length - 1, focused.value + by))
    if (focused.value > rows.value.length - 8) more()
    await nextTick()
    ;(body.value?.children[focused.value] as HTMLElement | undefined)?.focus()
  }
  const down = () => void move(1)
  const up = () => void move(-1)
  useKeys({ j: down, ArrowDown: down, k: up, ArrowUp: up, Enter: () => rows.value[focused.value] && open(rows.value[focused.value]!) })
  return focused
}
