import { expect, test } from 'vitest'
import { createSSRApp, nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useParam } from './list'

test('two words written at once both reach the address', async () => {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: {} }] })
  const app = createSSRApp({}).use(router)
  await router.push('/?mode=month&id=7')
  const [month, day, id] = app.runWithContext(() => [useParam('month'), useParam('day'), useParam('id')])
  month!.value = '2027-02'
  day!.value = '2027-02-01'
  id!.value = ''
  await nextTick()
  await router.isReady()
  await expect.poll(() => router.currentRoute.value.fullPath).toBe('/?mode=month&month=2027-02&day=2027-02-01')
  expect([month!.value, day!.value, id!.value]).toEqual(['2027-02', '2027-02-01', ''])
})
