import { onBeforeUnmount, onMounted } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'
import { session } from '../api/session'
import { t } from '../text/i18n'

/** Asks before a page with unsaved work is left by somebody who is signed in. */
export function useLeaveGuard(unsaved: () => boolean) {
  const ask = (event: BeforeUnloadEvent) => unsaved() && event.preventDefault()
  onMounted(() => window.addEventListener('beforeunload', ask))
  onBeforeUnmount(() => window.removeEventListener('beforeunload', ask))
  onBeforeRouteLeave(() => !session.value || !unsaved() || window.confirm(t('ui.leave_unsaved')))
}
