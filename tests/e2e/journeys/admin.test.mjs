// What an admin does: a shop, a person, a connector with its test, a policy's next version. Each is looked up in the API afterwards.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

const dialog = (page) => page.locator('.el-dialog')
const save = async (page) => {
  await dialog(page).locator('button[type=submit]').click()
  await dialog(page).waitFor({ state: 'hidden' })
}

test('a shop and a person who works in it', async () => {
  const limited = await house.signIn({ path: '/admin/staff' })
  await limited.getByRole('button', { name: '添加店铺' }).and(limited.locator('[disabled]')).waitFor()
  await limited.close()
  house.addAdmin('root', 'a good password')
  const page = await house.signIn({ login: 'root', password: 'a good password', path: '/admin/staff' })
  await page.getByRole('button', { name: '添加店铺' }).click()
  await dialog(page).locator('button[type=submit]').click()
  await dialog(page).locator('[role=alert], .err').first().waitFor()
  for (const [field, value] of [['name', '海外店'], ['code', 'overseas'], ['currency', 'EUR'], ['zone', 'Europe/Berlin']]) await page.locator(`#shop-${field}`).fill(value)
  await save(page)
  await page.getByText('Europe/Berlin').waitFor()
  const shop = (await api(page, '/shops')).items.find((one) => one.code === 'overseas')
  assert.equal(shop.currency, 'EUR')

  await page.getByRole('button', { name: '添加员工' }).click()
  await page.locator('#staff-name').fill('沈禾')
  await page.locator('#staff-login').fill('shenhe')
  await page.locator('#staff-password').fill('eine gute Tasse Tee')
  await dialog(page).getByRole('button', { name: '主管', exact: true }).click()
  await dialog(page).getByRole('button', { name: '海外店', exact: true }).click()
  await save(page)
  await page.locator('tr', { hasText: 'shenhe' }).waitFor()
  const added = (await api(page, '/staff')).items.find((one) => one.login === 'shenhe')
  assert.deepEqual(added.roles, ['agent', 'lead'])
  assert.deepEqual(added.shops, [shop.id])
  house.quiet()
})

test('a connector is added, tested, renamed and switched off', async () => {
  const page = await house.signIn()
  await page.goto(`${house.base}/admin/connectors`)
  await page.getByRole('button', { name: '添加连接器' }).first().click()
  await dialog(page).getByRole('radio', { name: '人工退款' }).click()
  const shops = dialog(page).getByRole('radiogroup', { name: '店铺' })
  if (await shops.isVisible()) await shops.getByRole('radio').first().click()
  await page.locator('#connector-title').fill('财务二组')
  await save(page)
  const card = page.locator('.card, section', { has: page.getByRole('heading', { name: '财务二组' }) }).last()
  await card.getByRole('button', { name: '测试连接' }).click()
  await card.locator('[role=status]').waitFor({ timeout: 30_000 })
  await card.getByRole('button', { name: '设置' }).click()
  await page.locator('#connector-title').fill('财务三组')
  await save(page)
  const renamed = page.locator('.card, section', { has: page.getByRole('heading', { name: '财务三组' }) }).last()
  await renamed.getByRole('button', { name: '停用' }).click()
  await renamed.getByRole('button', { name: '启用' }).waitFor()
  const one = (await api(page, '/connectors')).items.find((each) => each.title === '财务三组')
  assert.equal(one.enabled, false)
  house.quiet()
})

test("a policy's next version says what changed, and the running one is kept", async () => {
  const page = await house.signIn()
  await page.goto(`${house.base}/admin/policies`)
  await page.locator('#term-window_days').fill('15')
  await page.locator('.old').first().waitFor()
  await page.locator('.page-head .el-button--primary').click()
  await page.locator('.old').first().waitFor({ state: 'hidden' })
  const shop = (await api(page, '/shops')).items.find((one) => one.code !== 'overseas')
  const { items } = await api(page, `/policies?shop_id=${shop.id}`)
  assert.equal(items[0].terms.window_days, 15)
  assert.equal(items[0].version, items[1].version + 1)
  assert.notEqual(items[1].terms.window_days, 15)
  house.quiet()
})
