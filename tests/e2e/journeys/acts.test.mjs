// The acts under ⋯ and the short ways: what is handed on, told, put off, taken back; with the refusals that the page shows.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { act, choose, pick, say, stage, texts, tomorrow, view, yesterday } from '../desk.mjs'
import { api, picture, post, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

/** The longest stretch of a sentence between its values. */
const longest = (sentence) => sentence.split(/\{\w+\}/).sort((a, b) => b.length - a.length)[0]
const matter = (page, text) => page.locator('[data-part=matter]', { hasText: text }).waitFor()

/** The dialog stays and says why not. */
async function refused(page, dialog, code) {
  await dialog.locator('[data-act=send]').click()
  await dialog.getByText(longest(texts[code])).first().waitFor()
  await dialog.getByRole('button', { name: texts['ui.cancel'], exact: true }).click()
  await dialog.locator('[data-act=send]').waitFor({ state: 'hidden' })
}

/** A case of this kind, made through the API as the page's person, and shown. */
async function open(page, kind, more = {}) {
  const { shops } = await api(page, '/session')
  const made = await post(page, '/cases', { shop_id: shops[0].id, kind, channel: 'chat', topic: kind, note: 'what the customer said', ...more })
  assert.ok(made.case_id, JSON.stringify(made))
  await page.goto(`${house.base}/cases/${made.case_id}`)
  await page.locator('.acts').waitFor()
  return made.case_id
}
const anOrder = async (page) => (await api(page, '/orders?limit=200')).items.find((one) => one.case_count === 0 && one.delivered_at)

test('a severe complaint comes by phone with an angry mood, and stands in the queue so', async () => {
  const page = await house.signIn({ path: '/cases/new' })
  await page.getByRole('radio', { name: texts['word.kind.complaint'], exact: true }).click()
  await page.getByRole('radio', { name: texts['word.channel.phone'], exact: true }).click()
  const shop = page.locator('.form select.pick').first()
  if (await shop.isVisible()) await shop.selectOption({ index: 1 })
  await page.fill('#new-topic', '杯子烫伤手')
  await page.fill('#new-note', '打了三次电话没人管')
  await page.getByRole('radiogroup', { name: texts['field.severity'] }).getByRole('radio', { name: '1', exact: true }).click()
  await page.getByRole('radio', { name: texts['word.emotion.angry'], exact: true }).click()
  await page.getByRole('radio', { name: texts['word.intent.apology'], exact: true }).click()
  await page.locator('[name=photo_ref]').first().setInputFiles(picture())
  await page.locator('[data-photo] img').waitFor()
  await page.fill('#new-note', '')
  await page.click('[data-act=open]')
  await page.getByText(texts['ui.field_error.required']).first().waitFor() // a photo without a word
  await page.fill('#new-note', '打了三次电话没人管')
  await page.click('[data-act=open]')
  await page.waitForURL(/\/cases\/(?!new)[^/]+$/)
  await matter(page, texts['word.emotion.angry'])
  const { case: c } = await view(page)
  assert.deepEqual([c.channel, c.matter.severity, c.matter.emotion, c.matter.intent], ['phone', 1, 'angry', 'apology'])
  await matter(page, texts['word.intent.apology'])
  await page.locator('.bubble [data-photo], .bubble img').first().waitFor()
  // and what comes later by chat is put beside what was said
  await page.getByRole('tab', { name: texts['ui.compose.from_customer'] }).click()
  await page.locator('.composer [name=photo_ref]').setInputFiles(picture())
  await page.locator('.composer [data-photo] img').waitFor()
  await page.locator('.composer textarea').fill('这是烫伤的照片')
  await page.locator('.composer [type=submit]').click()
  await page.locator('.bubble', { hasText: '这是烫伤的照片' }).locator('img').waitFor()
  assert.equal(await page.locator('.composer [data-photo]').count(), 0)
  await page.goto(`${house.base}/cases?view=urgent`)
  const row = page.locator('tbody tr', { hasText: c.number })
  await row.getByRole('img', { name: texts['ui.matter.severity'].replace('{n}', '1') }).waitFor()
  await row.getByRole('img', { name: texts['word.emotion.angry'] }).waitFor()
  const listed = (await api(page, '/cases?urgent=true&unfinished=true&limit=200')).items
  assert.ok(listed.every((one) => one.matter.severity <= 2) && listed.some((one) => one.id === c.id))
  await page.fill('.find input', '杯子烫')
  await page.keyboard.press('Enter')
  await page.locator('tbody tr', { hasText: c.number }).waitFor()
  house.quiet()
})

test('a complaint is classified, handed to a department with a time for the customer, updated, taken up outside and taken back', async () => {
  const page = await house.signIn()
  /** How many wanted compensation, as the report of why cases came counts them. */
  const counted = async () => {
    await page.goto(`${house.base}/reports`)
    await page.locator('[data-part=products]').waitFor()
    const line = page.locator('[data-part=intents] .line', { hasText: texts['word.intent.compensation'] })
    return (await line.count()) ? Number(await line.locator('.strong').innerText()) : 0
  }
  const before = await counted()
  await open(page, 'complaint')
  await act(page, 'classify', async (dialog) => {
    await dialog.getByRole('radio', { name: '2', exact: true }).click()
    await choose(dialog, 'emotion', 'upset')
    await choose(dialog, 'intent', 'compensation')
    await choose(dialog, 'fault', 'courier')
  })
  await matter(page, texts['word.emotion.upset'])
  await page.locator('[data-part=responsibility]', { hasText: texts['word.fault.courier'] }).waitFor()
  // a promise in the past is none, and nobody is promised anything without a word
  let dialog = await pick(page, 'escalate')
  await choose(dialog, 'department', 'quality')
  await dialog.locator('[name=answer_by]').fill(yesterday())
  await refused(page, dialog, 'ui.field_error.in_the_past')
  dialog = await pick(page, 'escalate')
  await choose(dialog, 'department', 'quality')
  await dialog.locator('[name=answer_by]').fill(tomorrow())
  const words = await dialog.locator('[name=note]').inputValue()
  assert.match(words, /12:00/)
  await dialog.locator('[name=note]').fill('')
  await refused(page, dialog, 'ui.field_error.required')
  await act(page, 'escalate', async (one) => {
    await choose(one, 'department', 'quality')
    await one.locator('[name=answer_by]').fill(tomorrow())
  })
  await page.locator('.bubble', { hasText: words }).waitFor()
  await page.locator('[data-part=tasks]', { hasText: texts['word.department.quality'] }).waitFor()
  let now = await view(page)
  assert.equal(now.case.matter.escalation, 1)
  assert.ok(now.clocks.some((one) => one.kind === 'update_due' && one.state === 'running' && one.due_at === now.case.matter.promised_at))
  await act(page, 'acknowledge', say('we are sorry'))
  await act(page, 'update_customer', async (one) => {
    await one.locator('[name=promised_at]').fill(tomorrow().replace('12:00', '16:00'))
    await say('quality is looking at it')(one)
  })
  await page.locator('.timeline', { hasText: 'quality is looking at it' }).waitFor()
  await act(page, 'outside', async (one) => {
    await choose(one, 'outside', 'hotline_12315')
    await one.locator('[name=outside_ref]').fill('12315-7')
  })
  await matter(page, '12315-7')
  now = await view(page)
  assert.equal(now.case.matter.severity, 1)
  dialog = await pick(page, 'classify')
  await dialog.getByRole('radio', { name: '3', exact: true }).click()
  await refused(page, dialog, 'problem.outside_is_severe')
  await act(page, 'retract', say('it is settled between us'))
  await stage(page, 'withdrawn')
  now = await view(page)
  assert.equal(now.case.matter.promised_at ?? 0, 0)
  assert.ok(!now.clocks.some((one) => one.kind === 'update_due' && one.state === 'running'))
  assert.equal(await counted(), before + 1)
  house.quiet()
})

test('a consultation is put to a colleague, and its promise ends with the answer', async () => {
  const page = await house.signIn()
  await open(page, 'consultation')
  await act(page, 'wait_internal', say('asked the buyer of tea'))
  await stage(page, 'waiting_internal')
  await act(page, 'escalate', (dialog) => dialog.locator('[name=answer_by]').fill(tomorrow()))
  await matter(page, texts['ui.matter.promised'])
  await act(page, 'answer', say('it comes on Monday'))
  await stage(page, 'answered')
  await page.locator('[data-part=matter]', { hasText: texts['ui.matter.promised'] }).waitFor({ state: 'detached' })
  house.quiet()
})

test('missing stock is looked after: it is done when the customer was told, and found among what is closed', async () => {
  const page = await house.signIn()
  await open(page, 'stock_out', { note: '' })
  await act(page, 'start_work')
  await stage(page, 'working')
  assert.equal((await view(page)).acts.find((one) => one.command === 'finish_work').code, 'fact_missing')
  await act(page, 'update_customer', async (dialog) => {
    await dialog.locator('[name=promised_at]').fill(tomorrow())
    await say('on Monday, or another colour today')(dialog)
  })
  await act(page, 'finish_work', (dialog) => choose(dialog, 'outcome', 'solved'))
  await stage(page, 'done')
  await act(page, 'close', async (dialog) => {
    await choose(dialog, 'cause', 'packing')
    await choose(dialog, 'fault', 'merchant')
    await dialog.locator('[name=summary]').fill('another colour')
  })
  await stage(page, 'closed')
  const { case: c } = await view(page)
  await page.goto(`${house.base}/cases?view=closed`)
  await page.locator('tbody tr', { hasText: c.number }).waitFor()
  await page.locator('.filters .pill', { hasText: texts['field.cause_code'] }).click()
  await page.getByRole('menuitem', { name: texts['word.cause.packing'] }).click()
  await page.waitForURL(/cause=packing/)
  await page.locator('tbody tr', { hasText: c.number }).waitFor()
  await page.locator('[name=opened_from]').fill(tomorrow().slice(0, 10))
  await page.waitForURL(/opened_from=/)
  await page.locator('.empty').waitFor()
  house.quiet()
})

test('a review that something is to be mended for gets a case of its own, and its outcome', async () => {
  const page = await house.signIn()
  const order = await anOrder(page)
  const { case_id: remedy } = await post(page, '/cases', { shop_id: order.shop_id, kind: 'consultation', channel: 'chat', order_id: order.id, topic: 'remedy', note: 'a new lid' })
  await open(page, 'review_followup', { order_id: order.id, shop_id: order.shop_id, note: '' })
  await act(page, 'triage')
  await stage(page, 'triaged')
  await act(page, 'plan_contact', (dialog) => dialog.locator('[name=at]').fill(tomorrow()))
  await stage(page, 'contact_planned')
  await act(page, 'record_contact', (dialog) => choose(dialog, 'contact_result', 'reached'))
  await stage(page, 'contacted')
  const dialog = await pick(page, 'escalate')
  await dialog.locator('[name=answer_by]').fill(tomorrow())
  await refused(page, dialog, 'problem.no_promise')
  await act(page, 'decide_remedy', async (one) => {
    const list = one.locator('select')
    await list.locator(`option[value="${remedy}"]`).waitFor({ state: 'attached' })
    await list.selectOption(remedy)
  })
  await stage(page, 'remedy')
  await act(page, 'record_outcome', (one) => choose(one, 'outcome', 'updated_by_customer'))
  await stage(page, 'outcome')
  await matter(page, texts['word.outcome.updated_by_customer'])
  const { case: c } = await view(page)
  assert.deepEqual([c.matter.linked_case_id, c.matter.outcome], [remedy, 'updated_by_customer'])
  house.quiet()
})
