import { expect, test } from 'vitest'
import type { Act } from '../api/types'
import { useLocale } from '../text/i18n'
import { refusal } from './labels'

test('the amounts of a reason and of its way out are in the currency of the case', async () => {
  await useLocale('en')
  const act = { command: 'submit_refund', legal: false, code: 'over_limit', params: { amount: '31027', limit: '10000' }, remedies: [{ code: 'ask_lead', params: { amount: '31027' } }] } as unknown as Act
  expect(refusal(act, 'CNY')).toBe('¥310.27 is above your limit of ¥100.00. Hand ¥310.27 to a lead.')
  expect(refusal(act, 'JPY')).toBe('¥31,027 is above your limit of ¥10,000. Hand ¥31,027 to a lead.')
})
