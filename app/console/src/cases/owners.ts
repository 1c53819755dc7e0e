import { computed } from 'vue'
import { session } from '../api/session'
import { t } from '../text/i18n'
import type { MenuItem } from '../ui/menu.vue'
import { useColleagues } from './queries'

/** Whom a case may be given to, as a menu. `now`: who has it. */
export function useOwners(now?: () => string | undefined) {
  const colleagues = useColleagues()
  return computed<MenuItem[]>(() => {
    const me = session.value?.staff
    if (!me) return [] // the page is still there while somebody signs out
    const others = colleagues.value.filter((staff) => staff.id !== me.id)
    return [
      { value: me.id, label: t('ui.to_me', { name: me.name }), icon: 'user', on: now?.() === me.id },
      ...others.map((staff) => ({ value: staff.id, label: staff.name, on: now?.() === staff.id })),
      { value: 'none', label: t('ui.back_to_queue'), icon: 'inbox', divided: true, on: now && !now() },
    ]
  })
}
