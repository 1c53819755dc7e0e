import { expect, test } from 'vitest'
import { policyOfZone } from './first_policy'

test('a zone suggests the default of its law, or none', () => {
  expect(policyOfZone('Asia/Shanghai')).toBe('cn')
  expect(policyOfZone('Europe/Berlin')).toBe('eu')
  expect(policyOfZone('America/New_York')).toBe('none')
})
