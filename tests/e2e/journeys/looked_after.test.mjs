// What is only looked after, from the new-case page to its end: each kind with a refusal on the way and a detour.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { act, choose, pick, say, stage, texts, tomorrow, view } from '../desk.mjs'
import { api, startHouse } from '../support.mjs'

let house
let page
before(async () => {
  house = await startHouse()
  page = await house.signIn()
})
after(async () => house.stop())

const used = new Set()
/** A case of this kind about an order that nobody has a case on, opened by hand. */
async function opened(kind, note = '') {
  const order = (await api(page, '/orders?limit=200')).items.find((one) => one.case_count === 0 && !used.has(one.id))
  used.add(order.id)
  await page.goto(`${house.base}/cases/new?order=${order.id}`)
  await page.getByRole('radio', { name: texts[`word.kind.${kind}`], exact: true }).click()
  await page.locator('#new-topic').fill(`${kind} of ${order.number}`)
  await page.locator('#new-note').fill(note)
  await page.locator('[data-act=open]').click()
  await page.waitForURL(/\/cases\/[0-9A-Z]+$/)
  await stage(page, 'open')
  await act(page, 'start_work')
  await stage(page, 'working')
}
const code = async (command) => (await view(page)).acts.find((one) => one.command === command)?.code
const ask = (department, words) => act(page, 'ask_task', async (dialog) => {
  await choose(dialog, 'department', department)
  await dialog.locator('select').selectOption({ index: 1 })
  await dialog.locator('[name=due_at]').fill(tomorrow())
  await say(words)(dialog)
})
const waiting = (words) => page.locator('[data-part=tasks] [data-task=open]', { hasText: words })
async function answered(asked, result, words) {
  await waiting(asked).getByRole('button').click()
  const dialog = page.locator('.el-dialog')
  await choose(dialog, 'task_result', result)
  await say(words)(dialog)
  await dialog.locator('[data-act=send]').click()
  await dialog.locator('[data-act=send]').waitFor({ state: 'hidden' })
  await page.locator('[data-part=tasks]', { hasText: words }).waitFor()
}
const tell = (words) => act(page, 'update_customer', async (dialog) => {
  await dialog.locator('[name=promised_at]').fill(tomorrow())
  await say(words)(dialog)
})
async function done(outcome = 'solved') {
  await act(page, 'finish_work', (dialog) => choose(dialog, 'outcome', outcome))
  await stage(page, 'done')
}
async function close(cause, fault) {
  await act(page, 'close', async (dialog) => {
    await choose(dialog, 'cause', cause)
    const whose = dialog.getByRole('radiogroup', { name: texts['field.responsibility'] })
    await whose.getByRole('radio', { name: texts[`word.fault.${fault}`], exact: true }).click()
    await dialog.locator('[name=summary]').fill('as told')
  })
  await stage(page, 'closed')
}

test('a parcel that stands still: logistics finds it, the customer is told before it is done', async () => {
  await opened('logistics_exception')
  assert.equal(await code('finish_work'), 'fact_missing')
  await ask('logistics', 'where does it stand')
  await tell('it stands in the sorting centre, it moves tomorrow')
  await done()
  assert.equal(await code('close'), 'task_open') // not over somebody's head
  await answered('where does it stand', 'done', 'it moves again')
  await close('courier', 'courier')
})

test('an order is checked: it is handed on for the address, and is not closed before it is done', async () => {
  await opened('order_check', '地址写错了')
  assert.equal(await code('close'), 'wrong_stage')
  await act(page, 'escalate', async (dialog) => {
    await choose(dialog, 'department', 'warehouse')
    await dialog.locator('[name=answer_by]').fill(tomorrow())
  })
  const task = waiting(texts['word.department.warehouse'])
  await task.getByRole('button').click()
  await task.waitFor({ state: 'detached' })
  await done()
  await close('other', 'customer')
})

test('a payment that did not come: it becomes a question, and a reminder again, and is told before it is done', async () => {
  await opened('unpaid_reminder')
  assert.equal(await code('finish_work'), 'fact_missing')
  await act(page, 'convert', (dialog) => choose(dialog, 'kind', 'consultation'))
  await stage(page, 'open')
  await act(page, 'convert', (dialog) => choose(dialog, 'kind', 'unpaid_reminder'))
  await act(page, 'start_work')
  await stage(page, 'working')
  await tell('the order waits for its payment until tomorrow')
  await done('not_needed')
  await close('other', 'customer')
})

test('a product defect: quality says its word before it is done, and its severity is a lead\'s to lower', async () => {
  await opened('product_defect', '三只杯子把手都掉了')
  assert.equal(await code('finish_work'), 'fact_missing')
  await act(page, 'classify', (dialog) => dialog.getByRole('radio', { name: '1', exact: true }).click())
  const agent = await house.signIn({ login: 'xujianing', password: house.demo.password, path: new URL(page.url()).pathname })
  const dialog = await pick(agent, 'classify')
  await dialog.getByRole('radio', { name: '3', exact: true }).click()
  await dialog.locator('[data-act=send]').click()
  await dialog.locator('[role=alert]').first().waitFor()
  assert.equal((await view(page)).case.matter.severity, 1)
  await ask('quality', 'three handles, one batch')
  await answered('three handles, one batch', 'confirmed', 'the glue of that batch')
  await done()
  await close('product_quality', 'merchant')
  house.quiet()
})
