import { expect, test } from 'vitest'
import { Problem } from '../api/problem'
import { useLocale } from '../text/i18n'
import { useSubmit } from './submit'

const stale = () => Promise.reject(new Problem(412, 'stale', 'x'))

test('what is stale is read again; when that fails, too, the form says so and stays', async () => {
  await useLocale('zh-CN')
  let reads = 0
  const read = useSubmit({ onStale: () => reads++ })
  expect(await read.send(stale)).toBe(false)
  expect([reads, read.problem.value?.status, read.busy.value]).toEqual([1, 412, false])

  const away = useSubmit({ onStale: () => Promise.reject(new Problem(0, 'offline', '连不上。')) })
  expect(await away.send(stale)).toBe(false)
  expect([away.problem.value?.message, away.busy.value]).toEqual(['连不上。', false])

  const broken = useSubmit({ onStale: () => Promise.reject(new TypeError('a bug')) })
  await expect(broken.send(stale)).rejects.toThrow('a bug')
})
