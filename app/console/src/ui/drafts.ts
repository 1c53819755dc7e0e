import { computed, ref, watch } from 'vue'
import { session } from '../api/session'

/** A text that waits on this device for whoever typed it. `slot`: what it is about, as `case.17.internal`. */
export function useDraft(slot: () => string) {
  const name = computed(() => `aftercare.draft.${session.value?.staff.id ?? ''}.${slot()}`)
  const typed = ref('')
  watch(name, (at) => (typed.value = localStorage.getItem(at) ?? ''), { immediate: true, flush: 'sync' })
  const text = computed<string>({
    get: () => typed.value,
    set(value) {
      typed.value = value
      if (value) localStorage.setItem(name.value, value)
      else localStorage.removeItem(name.value)
    },
  })
  /** Take it before sending and call it after: what was sent is no draft any more, also when the page shows another one by then. */
  function hold() {
    const at = name.value
    return () => {
      localStorage.removeItem(at)
      if (at === name.value) typed.value = ''
    }
  }
  return { text, hold }
}
