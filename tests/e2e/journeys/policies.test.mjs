// A policy: a category's window is edited and tried on a real order line, saved, and a request is judged by it. What a lead lets pass is counted.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { texts } from '../desk.mjs'
import { api, post, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

const day = 24 * 3600_000
const verdict = (page, rule) => page.locator(`[data-verdict=${rule}] td`)

/** A sale of one SKU, delivered so many days ago. */
async function sale(page, shop, number, days, channel = '') {
  const order = await post(page, '/orders', { shop_id: shop.id, number, channel, customer: { name: '周周', phone: '13900000001' }, lines: [{ sku: 'LAMP-1', name: '台灯', qty: 2, unit_price_minor: 10_000 }], placed_at: Date.now() - (days + 2) * day, delivered_at: Date.now() - days * day })
  return order.order
}

test("a category's window is tried, saved, and judges the next request", async () => {
  const page = await house.signIn()
  const shop = (await api(page, '/shops')).items[0]
  await sale(page, shop, 'POLICY-1', 20)
  await page.goto(`${house.base}/admin/policies`)

  const simulator = page.locator('[data-simulator]')
  await simulator.locator('input[type=search]').fill('POLICY-1')
  await simulator.locator('[data-order]', { hasText: 'POLICY-1' }).click()
  await verdict(page, 'window').first().getByText('期限').waitFor()
  assert.equal(await verdict(page, 'result').count(), 1)

  await page.locator('[data-add=sku]').click()
  const rule = page.locator('[data-rules] tbody tr').last()
  await rule.locator('input').first().fill('LAMP-1')
  await rule.locator('input').first().press('Tab')
  await rule.locator('[data-cell=window]').fill('30')
  await rule.locator('[data-cell=window]').press('Tab')
  await verdict(page, 'window').nth(1).getByText('30 天').waitFor()
  await verdict(page, 'result').first().getByText('不可申请').waitFor()
  assert.match(await verdict(page, 'result').nth(1).innerText(), /决定|自动同意/)
  assert.match(await verdict(page, 'net').nth(1).innerText(), /100\.00/)

  await page.locator('.page-head .el-button--primary').click()
  await page.locator('.page-head .el-button--primary').waitFor({ state: 'hidden' })
  const { items } = await api(page, `/policies?shop_id=${shop.id}`)
  assert.equal(items[0].terms.goods.at(-1).window_days, 30)
  assert.equal(items[1].valid_to, items[0].valid_from)

  const order = (await api(page, `/orders?q=POLICY-1&shop_id=${shop.id}`)).items[0]
  const { lines } = await api(page, `/orders/${order.id}`)
  const made = await post(page, '/cases', { shop_id: shop.id, order_id: order.id, kind: 'return_refund', request: { lines: [{ order_line_id: lines[0].id, qty: 1 }], reason: 'no_longer_wanted' } })
  assert.ok(made.operation_id)
  house.quiet()
})

test('what is too late is refused; a lead lets it pass with a reason, and it is counted with its case', async () => {
  const page = await house.signIn()
  const shop = (await api(page, '/shops')).items[0]
  const order = await sale(page, shop, 'POLICY-2', 60)
  await page.goto(`${house.base}/cases/new?order=${order.id}`)
  await page.getByRole('radio', { name: '不想要了' }).click()
  await page.locator('[data-verdict]').first().getByText('期限').waitFor()
  await page.locator('[data-qty]').fill('1')
  const open = page.locator('[data-act=open]')
  await open.click()
  await page.locator('.refusal', { hasText: '期限' }).waitFor()
  await page.getByText(texts['field.override_window']).click()
  await open.click()
  await page.getByText(texts['ui.field_error.required']).waitFor() // not without a reason
  await page.locator('#new-why').fill('老客户')
  await open.click()
  await page.waitForURL(/\/cases\/(?!new)[^/]+$/)
  const id = page.url().split('/').at(-1)
  await page.locator('.timeline', { hasText: '老客户' }).waitFor()
  await page.goto(`${house.base}/admin/policies`)
  const overrides = page.locator('[data-overrides]')
  await overrides.getByText(/30 天内放行 \d+ 次/).waitFor()
  await overrides.locator('[data-override]').first().click()
  await overrides.locator(`[data-override-case][href$="${id}"]`).waitFor()
  house.quiet()
})
