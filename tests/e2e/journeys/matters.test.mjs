// Complaints, consultations and reviews by hand: a refusal and a detour, a conversion, and money that a review must not move.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { act, choose, say, stage, texts, tomorrow, view } from '../desk.mjs'
import { api, post, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

/** Opens a case of this kind in the console, on an order without one or on no order at all. */
async function open(page, kind, { order = true } = {}) {
  const { items } = await api(page, '/orders?limit=200')
  const row = items.find((one) => one.case_count === 0 && one.delivered_at)
  await page.goto(`${house.base}/cases/new${order ? `?order=${row.id}` : ''}`)
  await page.getByRole('radio', { name: texts[`word.kind.${kind}`], exact: true }).click()
  if (!order) {
    const shop = page.locator('.form select.pick').first()
    if (await shop.isVisible()) await shop.selectOption({ index: 0 })
  }
  await page.fill('#new-topic', 'matter')
  await page.fill('#new-note', 'what the customer said')
  await page.click('[data-act=open]')
  await page.waitForURL(/\/cases\/(?!new)[^/]+$/)
  await page.locator('.acts').waitFor()
}

test('a complaint from intake to close, with a refusal on the way and a second round', async () => {
  const page = await house.signIn()
  await open(page, 'complaint')
  await stage(page, 'received')
  assert.equal((await view(page)).clocks[0].kind, 'first_reply')
  // the apology is said: without words nothing is sent
  await page.locator('.acts [data-act=acknowledge]').click()
  await page.locator('.el-dialog [data-act=send]').click()
  await page.locator('.el-dialog [role=alert]').first().waitFor()
  await say('we are sorry')(page.locator('.el-dialog'))
  await page.locator('.el-dialog [data-act=send]').click()
  await stage(page, 'acknowledged')
  await act(page, 'verify')
  await stage(page, 'verifying')
  await act(page, 'ask_task', async (dialog) => {
    await choose(dialog, 'department', 'warehouse')
    await dialog.locator('select').selectOption({ index: 1 })
    await dialog.locator('[name=due_at]').fill(tomorrow())
    await say('photos of the packing')(dialog)
  })
  await page.locator('[data-part=tasks] [data-task=open]', { hasText: 'photos of the packing' }).waitFor()
  await act(page, 'propose', async (dialog) => {
    await dialog.locator('[name=answer_by]').fill(tomorrow())
    await say('a new lid')(dialog)
  })
  await stage(page, 'proposed')
  await act(page, 'decline_proposal', say('not enough'))
  await stage(page, 'declined')
  await act(page, 'verify')
  await stage(page, 'verifying')
  await act(page, 'propose', say('a new cup'))
  await page.locator('[data-part=matter]', { hasText: texts['ui.matter.proposal'].replace('{n}', '2') }).waitFor()
  await act(page, 'accept_proposal')
  await stage(page, 'accepted')
  await act(page, 'execute')
  await stage(page, 'executing')
  // the task of the warehouse has no result yet: the follow-up is refused in words
  await page.locator('#nearest-refusal', { hasText: texts['remedy.finish_task'] }).waitFor()
  await page.locator('[data-part=tasks] [data-task=open]', { hasText: 'photos of the packing' }).getByRole('button').click()
  await choose(page.locator('.el-dialog'), 'task_result', 'confirmed')
  await page.locator('.el-dialog [data-act=send]').click()
  await page.locator('[data-part=tasks] [data-task=done]', { hasText: texts['word.task_result.confirmed'] }).waitFor()
  await act(page, 'follow_up', (dialog) => choose(dialog, 'satisfied', 'yes'))
  await stage(page, 'follow_up')
  await act(page, 'review', async (dialog) => {
    await choose(dialog, 'cause', 'product_quality')
    await choose(dialog, 'fault', 'merchant')
    await say('lids are checked twice')(dialog)
  })
  await page.locator('[data-part=matter]', { hasText: 'lids are checked twice' }).waitFor()
  await act(page, 'close', async (dialog) => {
    await choose(dialog, 'cause', 'product_quality')
    await choose(dialog, 'fault', 'merchant')
    await dialog.locator('[name=summary]').fill('a new cup')
  })
  await stage(page, 'closed')
  const { case: c } = await view(page)
  assert.equal(c.status, 'closed')
  // what is to prevent it is read in the report, and is in the file that is taken away
  await page.goto(`${house.base}/reports`)
  await page.locator('[data-part=preventions] .said', { hasText: `#${c.number}` }).getByText('lids are checked twice').waitFor()
  const [file] = await Promise.all([page.waitForEvent('download'), page.click('[data-act=save]')])
  assert.match(readFileSync(await file.path(), 'utf8'), new RegExp(`${c.number}.*lids are checked twice`))
  house.quiet()
})

test('a consultation without an order is answered; another one becomes a return and keeps its thread', async () => {
  const page = await house.signIn()
  await open(page, 'consultation', { order: false })
  await act(page, 'ask_customer', say('which size'))
  await stage(page, 'waiting_customer')
  await act(page, 'answer', say('take the larger one'))
  await stage(page, 'answered')
  await page.locator('.bubble, .event', { hasText: 'take the larger one' }).first().waitFor()

  await open(page, 'consultation')
  await act(page, 'convert', (dialog) => choose(dialog, 'kind', 'return_refund'))
  await page.locator('header', { hasText: texts['word.kind.return_refund'] }).waitFor()
  await page.locator('.bubble', { hasText: 'what the customer said' }).waitFor()
  await page.locator('.acts [data-act=request]:not([disabled])').waitFor()
  house.quiet()
})

test('a review follow-up moves no money, stops at the first refusal and is closed with its outcome', async () => {
  const page = await house.signIn()
  await open(page, 'review_followup')
  await page.locator('[data-act=more]').click()
  await page.getByRole('menuitem', { name: new RegExp(`^${texts['act.request']}`) }).or(page.locator('#nearest-refusal')).filter({ hasText: texts['problem.no_money_under_review'] }).first().waitFor()
  await page.keyboard.press('Escape')
  const { case: c, order } = await view(page)
  const refused = await post(page, `/cases/${c.id}/operations`, { lines: [{ order_line_id: order[0].lines[0].id, qty: 1 }], reason: 'other' }, c.version)
  assert.equal(refused.code, 'no_money_under_review')
  await act(page, 'triage')
  await stage(page, 'triaged')
  await act(page, 'plan_contact', (dialog) => dialog.locator('[name=at]').fill(tomorrow()))
  await stage(page, 'contact_planned')
  await act(page, 'record_contact', (dialog) => choose(dialog, 'contact_result', 'refused'))
  await stage(page, 'outcome')
  await page.locator('[data-part=matter]', { hasText: texts['word.outcome.do_not_contact'] }).waitFor()
  assert.equal((await view(page)).acts.find((one) => one.command === 'plan_contact').legal, false)
  house.quiet()
})
