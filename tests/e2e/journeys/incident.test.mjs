// Many customers ask about one problem: their cases are found and linked, and one reply goes to all of them, once.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { api, post, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

const texts = JSON.parse(readFileSync(new URL('../../../schema/text/zh-CN.json', import.meta.url), 'utf8'))
const words = 'We know of it. The site is back within the hour.'

test('one reply to three linked cases, a fourth with one press, and one that nobody can reach', async () => {
  const page = await house.signIn()
  const { shops } = await api(page, '/session')
  const orders = (await api(page, '/orders?limit=200')).items.filter((one) => one.customer_name && one.customer_id)
  const open = async (kind, more = {}) => (await post(page, '/cases', { shop_id: shops[0].id, kind, channel: 'phone', topic: 'site is down', ...more })).case_id
  const asked = async (i) => open('consultation', { customer_id: orders[i].customer_id, note: 'the site does not open' })
  const told = async (id) => (await api(page, `/cases/${id}/events`)).items.filter((event) => event.data.kind === 'to_customer').map((event) => event.note)
  const incident = await open('incident')
  const cases = [await asked(0), await asked(1), await asked(2)]
  const nobody = await open('consultation')
  const number = async (id) => (await api(page, `/cases/${id}`)).case.number

  // Found by their words and linked at once; a colour question is none of them
  await open('consultation', { customer_id: orders[3].customer_id, topic: 'colour' })
  await page.goto(`${house.base}/cases/${incident}`)
  const block = page.locator('[data-part=incident]')
  await block.getByText(texts['ui.incident.none']).waitFor()
  await block.locator('[data-act=gather]').click()
  const dialog = page.locator('.el-dialog')
  await dialog.locator('[type=search]').fill('site down')
  await dialog.locator(`[data-case="${await number(nobody)}"]`).waitFor()
  await page.waitForFunction(() => document.querySelectorAll('.el-dialog [data-case]').length === 4)
  await dialog.locator('[data-act=all]').check()
  await dialog.locator('[data-act=send]').click()
  await dialog.waitFor({ state: 'hidden' })
  await block.locator('[data-part=reach]', { hasText: '3' }).waitFor()

  // Seen before it goes, with whom it leaves out and why
  await block.locator('[name=unified-reply]').fill(words)
  await block.locator('[data-act=preview]').click()
  await dialog.getByText(texts['problem.no_customer']).waitFor()
  assert.equal(await dialog.locator('.letter').innerText(), words)
  await dialog.locator('[data-act=send]').click()
  await dialog.waitFor({ state: 'hidden' })
  await page.waitForFunction(() => document.querySelectorAll('[data-reached=sent]').length === 3)
  await block.locator('[data-reached=refused]', { hasText: texts['problem.no_customer'] }).waitFor()
  for (const id of cases) assert.deepEqual(await told(id), [words])
  assert.deepEqual(await told(nobody), [])
  await page.goto(`${house.base}/cases/${cases[0]}`)
  await page.locator('.timeline', { hasText: words }).waitFor()

  // Linked later: one press
  const late = await asked(4)
  await post(page, `/cases/${incident}/link`, { other_id: late })
  await page.goto(`${house.base}/cases/${incident}`)
  await block.locator('[data-act=send-on]').click()
  await page.waitForFunction(() => document.querySelectorAll('[data-reached=sent]').length === 4)
  await block.locator('[data-act=send-on]').waitFor({ state: 'detached' })
  for (const id of [...cases, late]) assert.deepEqual(await told(id), [words])
  house.quiet()
})
