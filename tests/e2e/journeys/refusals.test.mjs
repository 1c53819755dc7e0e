import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

async function aCase(page, header) {
  const { items } = await api(page, '/cases?limit=200')
  const found = items.find((row) => row.header === header)
  assert.ok(found, `no demo case is ${header}`)
  return found
}

test('a refusal stands in words in the dialog, with the way out, and nothing is lost', async () => {
  const page = await house.signIn()
  const row = await aCase(page, 'awaiting_goods')
  await page.goto(`${house.base}/cases/${row.id}`)
  const dialog = page.locator('.el-dialog')
  const ship = async () => {
    await page.locator('[data-act=ship_back]').click()
    await dialog.locator('[name=carrier]').fill('SF')
    await dialog.locator('[name=tracking]').fill('SF-TWICE-1')
    await dialog.locator('input[type=number]').first().fill('1')
    await dialog.locator('[data-act=send]').click()
  }
  await ship()
  await page.locator('header .st', { hasText: '退货中' }).waitFor()
  await ship()
  await dialog.locator('.refusal').waitFor()
  assert.match(await dialog.locator('.refusal').innerText(), /单号 SF-TWICE-1 已登记在工单 \d+ 的在途包裹上。核对快递单号。/)
  assert.equal(await dialog.locator('[name=tracking]').inputValue(), 'SF-TWICE-1')
  await dialog.locator('[name=tracking]').fill('SF-TWICE-2')
  await dialog.locator('[data-act=send]').click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText('SF-TWICE-2').first().waitFor()
  house.quiet()
})

test('more units than the customer has are refused where they were asked for', async () => {
  const page = await house.signIn({ locale: 'en-US' })
  const order = (await api(page, '/orders?limit=200')).items.find((one) => one.case_count === 0)
  await page.goto(`${house.base}/cases/new?order=${order.id}`)
  await page.locator('[data-qty]').first().fill('900')
  await page.getByRole('radio', { name: 'No longer wanted' }).click()
  await page.locator('[data-act=open]').click()
  await page.locator('form .refusal').waitFor()
  assert.match(await page.locator('form .refusal').innerText(), /900.* only \d+.*/)
  assert.equal(await page.locator('[data-qty]').first().inputValue(), '900')
  await page.locator('[data-qty]').first().hover()
  await page.locator('[data-qty]').first().focus()
  await page.mouse.wheel(0, 300)
  await page.waitForTimeout(200)
  assert.equal(await page.locator('[data-qty]').first().inputValue(), '900', 'the wheel changed a quantity')
  house.quiet()
})

test('the nearest illegal act stays visible with its sentence; the rest say why in the menu', async () => {
  const page = await house.signIn({ locale: 'en-US', login: 'linke' })
  const row = await aCase(page, 'in_transit')
  await page.goto(`${house.base}/cases/${row.id}`)
  await page.locator('#nearest-refusal').waitFor()
  assert.match(await page.locator('#nearest-refusal').innerText(), /\w+.*\./)
  await page.locator('[data-act=more]').click()
  await page.locator('.el-dropdown-menu__item.is-disabled').first().waitFor()
  const reasons = await page.locator('.el-dropdown-menu__item.is-disabled .menu-hint').allInnerTexts()
  assert.ok(reasons.length > 3)
  for (const reason of reasons) assert.match(reason, / .*\./, `a code instead of a sentence: ${reason}`)
  house.quiet()
})

test('a case changed by somebody else is read again, and the page says so', async () => {
  const page = await house.signIn()
  const row = await aCase(page, 'requested')
  // Without live hints the page cannot know
  await page.route('**/api/v1/live', (route) => route.abort())
  await page.goto(`${house.base}/cases/${row.id}`)
  await page.locator('[data-act=approve]').click()
  await page.evaluate(async (id) => {
    const { csrf_token } = await (await fetch('/api/v1/session')).json()
    const reply = await fetch(`/api/v1/cases/${id}/notes`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf_token }, body: JSON.stringify({ kind: 'internal', body: 'meanwhile' }) })
    if (!reply.ok) throw new Error(await reply.text())
  }, row.id)
  await page.locator('.el-dialog [data-act=send]').click()
  await page.locator('.el-dialog .refusal', { hasText: '别人刚改过' }).waitFor()
  await page.getByText('meanwhile').waitFor()
  await page.locator('.el-dialog [data-act=send]').click()
  await page.locator('header .st', { hasText: '待寄回' }).waitFor()
  house.quiet()
})

test('a dialog begins in its field, keeps what was typed over one Escape and over that of an input method, and gives focus back', async () => {
  const page = await house.signIn()
  const row = await aCase(page, 'requested')
  await page.goto(`${house.base}/cases/${row.id}`)
  await page.locator('[data-act=ask_info]').click()
  const question = page.locator('.el-dialog [name=question]')
  await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'question')
  await page.keyboard.type('a photo')
  await question.evaluate((field) => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Process', code: 'Escape', keyCode: 229, isComposing: true, bubbles: true })))
  assert.equal(await page.locator('.el-dialog [role=status]').count(), 0)
  await page.keyboard.press('Escape')
  await page.locator('.el-dialog [role=status]').waitFor()
  assert.equal(await question.inputValue(), 'a photo')
  await page.keyboard.press('Escape')
  await page.locator('.el-dialog').waitFor({ state: 'hidden' })
  await page.waitForFunction(() => document.activeElement?.dataset.act === 'ask_info')
  await page.locator('[data-act=more]').click()
  await page.locator('.el-dropdown-menu__item:not(.is-disabled):visible').first().click()
  await page.locator('.el-dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => document.activeElement?.closest('.acts'))
  // The act's own button goes with the act; focus stays among the acts
  await page.locator('[data-act=approve]').press('Enter')
  await page.locator('.el-dialog [data-act=send]').click()
  await page.locator('header .st', { hasText: '待寄回' }).waitFor()
  await page.waitForFunction(() => document.activeElement?.closest('.acts'))
  house.quiet()
})
