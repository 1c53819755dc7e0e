import type { Customer } from '../api/types'
import { t } from '../text/i18n'

/** What a person is called: as lists call them, then by the masked number or mail when nobody said a name. */
export function nameOf(customer: Pick<Customer, 'name' | 'external_ref' | 'phone' | 'email' | 'erased_at'>): string {
  if (customer.erased_at) return t('ui.erase.nobody')
  return customer.name || customer.external_ref || customer.phone || customer.email || t('ui.no_name')
}
