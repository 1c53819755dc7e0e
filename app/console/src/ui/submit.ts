import { ref } from 'vue'
import { Problem } from '../api/problem'

/** A form that is sent: one attempt at a time, and a refusal stays beside the button. */
export function useSubmit() {
  const tried = ref(false)
  const busy = ref(false)
  const problem = ref<Problem>()
  async function send(act: () => Promise<void>) {
    if (busy.value) return
    busy.value = true
    problem.value = undefined
    try {
      await act()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      problem.value = error
    } finally {
      busy.value = false
    }
  }
  return { tried, busy, problem, send }
}
