// The first run: an empty house is set up by whoever has the code, the demo comes and goes.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, readable, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse({ empty: true })))
after(async () => house.stop())

async function fill(page, values) {
  for (const [field, value] of Object.entries(values)) await page.locator(`#setup-${field}`).fill(value)
}

test('the setup page is what an empty house shows, in both languages and themes', async () => {
  for (const locale of ['zh-CN', 'en-US'])
    for (const theme of ['light', 'dark']) {
      const page = await house.open({ locale, theme, path: '/cases' })
      await page.waitForURL('**/setup')
      await page.locator('button[type=submit]').click()
      await page.locator('.err').nth(3).waitFor()
      await readable(page, `setup ${locale} ${theme}`)
      await page.close()
    }
  house.quiet()
})

test('the code opens the house once; the second browser is sent to sign in', async () => {
  const page = await house.open()
  const late = await house.open()
  for (const one of [page, late]) await one.waitForURL('**/setup')
  assert.equal(await page.locator('#setup-zone').inputValue(), 'Asia/Shanghai')
  assert.equal(await page.locator('#setup-currency').inputValue(), 'CNY')
  await fill(page, { code: 'not-the-code', name: '李维', login: 'liwei', password: 'a good password', shop: '南岸小店' })
  await page.locator('button[type=submit]').click()
  await page.getByText('设置码不对').waitFor()
  await page.locator('#setup-code').fill(house.setupCode())
  await page.locator('button[type=submit]').click()
  await page.getByRole('heading', { name: '李维，设置好了' }).waitFor()
  await readable(page, 'first steps')

  await fill(late, { code: house.setupCode(), name: 'Late', login: 'late', password: 'a good password', shop: 'Late' })
  await late.locator('button[type=submit]').click()
  await late.locator('.refusal').waitFor()
  await late.reload()
  await late.waitForURL('**/sign-in')

  await page.locator('[data-act=start_empty]').click()
  await page.locator('nav.rail').waitFor()
  await page.getByRole('heading', { name: '还没有订单' }).waitFor()
  await readable(page, 'empty home')
  await page.locator('[data-act=bring_demo]').click()
  await page.locator('[data-act=start]').waitFor({ timeout: 60_000 })
  assert.ok((await api(page, '/orders?limit=1')).items.length)
  await page.locator('[data-act=start]').click()
  await page.getByText('是演示数据').waitFor()
  house.quiet()
})

test('the demo goes in one act, and the shop beside it stays', async () => {
  const page = await house.signIn({ login: 'liwei', password: 'a good password', path: '/admin/staff' })
  const before = await api(page, '/staff')
  assert.equal(before.items.length, 7)
  await page.locator('button', { hasText: '移除演示数据' }).first().click()
  await page.locator('.el-dialog').getByText('林珂', { exact: false }).waitFor()
  await readable(page, 'remove demo')
  await page.locator('.el-dialog [data-act=remove_demo]').click()
  await page.locator('.el-dialog').waitFor({ state: 'hidden', timeout: 60_000 })
  await page.locator('tr', { hasText: '林珂' }).waitFor({ state: 'hidden' })
  assert.deepEqual((await api(page, '/shops')).items.map((shop) => shop.name), ['南岸小店'])
  assert.equal((await api(page, '/staff')).items.length, 1)
  assert.equal((await api(page, '/cases')).items.length, 0)
  house.quiet()
})
