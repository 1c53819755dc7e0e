import { ref } from 'vue'
import { Problem } from '../api/problem'
import { t } from '../text/i18n'
import { toast, toastError } from './toast'

/** A form that is sent: one attempt at a time, and a refusal stays beside the button. `onStale` reads again what another person changed meanwhile. */
export function useSubmit({ onStale }: { onStale?: () => unknown } = {}) {
  const tried = ref(false)
  const busy = ref(false)
  const problem = ref<Problem>()
  /** What is wrong with a field: what the service says of it, or that it is `missing`. */
  const field = (pointer: string, missing = false) => problem.value?.field(pointer) ?? (tried.value && missing ? t('ui.field_error.required') : undefined)

  /** What stands beside the button. A refusal has its words; anything else is a bug and goes up. */
  async function say(error: unknown) {
    if (!(error instanceof Problem)) throw error
    problem.value = error
    if (error.status !== 412 || !onStale) return
    problem.value = new Problem(412, error.code, t('ui.stale'))
    try {
      await onStale()
    } catch (unread) {
      if (!(unread instanceof Problem)) throw unread
      problem.value = unread
    }
  }

  /** True when it went through. */
  async function send(act: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = undefined
    try {
      await act()
      return true
    } catch (error) {
      await say(error)
      return false
    } finally {
      busy.value = false
    }
  }
  return { tried, busy, problem, field, send }
}

/** Buttons that act at once: one at a time, and a refusal is a toast. `busy`: the key of the one under way. */
export function useAct() {
  const busy = ref('')
  /** True when it went through; then `done` is said. */
  async function run(key: string, work: () => Promise<unknown>, done?: string): Promise<boolean> {
    if (busy.value) return false
    busy.value = key
    try {
      await work()
      if (done) toast(done)
      return true
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      toastError(error.whole)
      return false
    } finally {
      busy.value = ''
    }
  }
  return { busy, run }
}
