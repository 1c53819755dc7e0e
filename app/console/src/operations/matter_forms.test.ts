import { expect, test } from 'vitest'
import type { Act, CaseView } from '../api/types'
import { matterForm } from './matter_forms'

const view = (responsibility?: string) => ({ case: { kind: 'complaint', topic: '', responsibility, matter: { stage: 'verifying', severity: 3 } }, order: [], zone: 'Asia/Shanghai' }) as unknown as CaseView
const form = (command: string, of = view()) => matterForm({ command, legal: true } as Act, of)!
const responsibility = (command: string, of = view()) => form(command, of).fields.find((field) => field.key === 'responsibility') as { options: { value: string; label: string }[]; initial?: string; optional?: boolean }

test.each(['propose', 'classify'])('%s: whose fault it is may stay unsaid; that it is open is one choice', (command) => {
  const field = responsibility(command)
  expect(new Set(field.options.map((one) => one.label)).size).toBe(field.options.length)
  expect([field.optional, field.initial]).toEqual([true, undefined])
  expect(form(command).body({ severity: '3' })).not.toHaveProperty('responsibility')
  expect(form(command).body({ severity: '3', responsibility: 'unknown' })).toMatchObject({ responsibility: 'unknown' })
  expect(responsibility(command, view('merchant')).initial).toBe('merchant')
})
