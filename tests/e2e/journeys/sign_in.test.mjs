import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

test('a wrong password is refused in words, the right one leads to the page that was asked for', async () => {
  const page = await house.open({ path: '/orders' })
  await page.waitForURL('**/sign-in?to=/orders')
  await page.fill('input[name=username]', house.demo.login)
  await page.fill('input[name=password]', 'not the password')
  await page.click('button[type=submit]')
  await page.getByText('账号或密码不对').waitFor()
  await page.fill('input[name=password]', house.demo.password)
  await page.click('button[type=submit]')
  await page.waitForURL('**/orders')
  await page.locator('table tbody tr').first().waitFor()
  house.quiet()
})

test('a session that ended elsewhere leads to the sign-in page, and leaving by the menu too', async () => {
  const page = await house.signIn({ path: '/cases' })
  await page.locator('table tbody tr').first().waitFor()
  await page.context().clearCookies()
  await page.goto(`${house.base}/customers`)
  await page.waitForURL('**/sign-in?to=/customers')

  const away = await house.signIn()
  await away.context().clearCookies()
  await away.locator('nav.rail a[href="/orders"]').click()
  await away.waitForURL('**/sign-in?to=/orders')
  await away.waitForLoadState('networkidle')
  assert.match(away.url(), /\/sign-in\?to=\/orders$/)

  const other = await house.signIn()
  await other.locator('button.user').click()
  await other.getByText('退出登录').click()
  await other.waitForURL('**/sign-in')
  house.quiet()
})

test('language and theme are kept, and set before the first paint', async () => {
  const page = await house.signIn({ locale: 'en-US', theme: 'dark' })
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en')
  assert.equal(await page.evaluate(() => document.documentElement.className), 'dark')
  await page.locator('button.user').click()
  await page.getByText('切换到中文').click()
  await page.getByRole('heading', { name: '工作台' }).waitFor()
  await page.getByRole('button', { name: '浅色' }).click()
  await page.reload()
  await page.getByRole('heading', { name: '工作台' }).waitFor()
  assert.equal(await page.evaluate(() => document.documentElement.className), '')
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-CN')
  house.quiet()
})

test('a service that does not answer is said, with a way to try again', async () => {
  const page = await house.signIn()
  await page.route('**/api/v1/session', (route) => route.abort())
  await page.goto(`${house.base}/cases`)
  await page.getByText('连不上服务').waitFor()
  await page.unroute('**/api/v1/session')
  await page.getByRole('button', { name: '重试' }).click()
  await page.locator('table tbody tr').first().waitFor()
  house.quiet()
})
