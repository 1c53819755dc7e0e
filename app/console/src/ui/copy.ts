import { t } from '../text/i18n'
import { toast, toastError } from './toast'

/** Puts a text where it can be pasted, and says so. Under http:// and an address of the local net there is no clipboard. */
export async function copy(text: string, done: string) {
  try {
    await navigator.clipboard.writeText(text)
    toast(done)
  } catch {
    toastError(t('ui.copy_failed', { text }))
  }
}
