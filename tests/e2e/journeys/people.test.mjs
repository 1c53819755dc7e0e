// People among themselves: a lead is asked and answers, two cases become one, a shift is handed over, and two replies at once.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { act, pick, say, stage, texts, tomorrow, view } from '../desk.mjs'
import { api, post, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

const person = (login) => ({ login, password: house.demo.password })

/** Sends the dialog that is open, with these words in its note. */
async function send(page, words) {
  const dialog = page.locator('.el-dialog').last()
  if (words) await dialog.locator('[name=note]').fill(words)
  await dialog.locator('[data-act=send]').click()
  await dialog.waitFor({ state: 'hidden' })
}

/** A consultation (or something else) of a customer of the demo, made through the API. */
async function asked(page, topic, order, kind = 'consultation') {
  const { shops } = await api(page, '/session')
  return (await post(page, '/cases', { shop_id: shops[0].id, kind, channel: 'chat', order_id: order.id, topic, note: `${topic}?` })).case_id
}
/** A complaint that was looked into, shown. */
async function verified(page, topic) {
  const id = await asked(page, topic, await anOrder(page), 'complaint')
  await post(page, `/cases/${id}/acknowledge`, { note: 'we are sorry' })
  await post(page, `/cases/${id}/verify`, {})
  await page.goto(`${house.base}/cases/${id}`)
  await stage(page, 'verifying')
  return id
}
/** The lead finds in the inbox what an agent asked for this case, with the reason, and grants it. */
async function granted(lead, number, amount, why) {
  await lead.goto(`${house.base}/approvals`)
  const row = lead.locator(`tr[data-wait=asked][data-number="${number}"]`)
  await row.getByText(why).waitFor()
  assert.match(await row.innerText(), new RegExp(amount))
  await row.locator('[data-act=grant]').click()
  await send(lead, 'yes')
  await row.waitFor({ state: 'detached' })
}
const anOrder = async (page) => (await api(page, '/orders?limit=200')).items.find((one) => one.case_count === 0 && one.delivered_at)

test('an offer that waits for a lead is granted in the inbox with a key, and done at once', async () => {
  const page = await house.signIn({ ...person('zhoumin'), path: '/approvals' })
  const row = page.locator('tr[data-wait=asked]', { hasText: '¥680' }).first()
  await row.waitFor()
  const id = (await row.locator('a').first().getAttribute('href')).split('/').at(-1)
  await row.locator('td').nth(2).click()
  await page.keyboard.press('Space')
  await page.locator('.peek').waitFor()
  await page.keyboard.press('y')
  await send(page, 'fine')
  await row.waitFor({ state: 'detached' })
  assert.equal((await api(page, `/cases/${id}`)).case.matter.proposal_minor, 68_000)
  house.quiet()
})

test('an offer above the limit is refused in its dialog, asked of a lead from there, and stands on the case once it is granted', async () => {
  const agent = await house.signIn(person('xujianing'))
  await verified(agent, 'scalded')
  const dialog = await pick(agent, 'propose')
  await dialog.locator('#act-amount_minor').fill('620')
  await say('we pay the doctor')(dialog)
  await dialog.locator('[data-act=send]').click()
  await dialog.locator('[role=alert]', { hasText: /620\.00 超过你的额度 ¥?500\.00/ }).waitFor()
  await dialog.locator('[data-act=ask]').click()
  await agent.locator('#ask-why').waitFor()
  await send(agent, 'the bill is real')
  const { case: c } = await view(agent)
  assert.deepEqual([c.matter.stage, c.matter.proposal_minor ?? 0], ['verifying', 0]) // asking does nothing yet
  await granted(await house.signIn(person('zhoumin')), c.number, '¥620.00', 'the bill is real')
  await stage(agent, 'proposed')
  await agent.locator('[data-part=matter]', { hasText: '¥620.00' }).waitFor()
  await agent.locator('.timeline', { hasText: 'we pay the doctor' }).waitFor()
  await agent.goto(`${house.base}/approvals?mine=1`)
  await agent.locator(`tr[data-number="${c.number}"]`, { hasText: texts['ui.approvals.state.confirmed'] }).waitFor()
  house.quiet()
})

test('compensation above the own limit, and above the budget of the month, says so beside the act; a lead grants it and it is owed', async () => {
  const agent = await house.signIn(person('xujianing'))
  const wish = async (sum) => {
    await agent.goto(`${house.base}/cases/new?order=${(await anOrder(agent)).id}`)
    for (const name of [texts['word.kind.refund_only'], texts['word.sub_kind.goodwill'], texts['word.reason.goodwill']]) await agent.getByRole('radio', { name, exact: true }).last().click()
    await agent.locator('#new-sum').fill(sum)
    await agent.locator('[data-act=open]').click()
    await agent.waitForURL(/\/cases\/(?!new)[^/]+$/)
    await agent.locator('.acts [data-act=approve][disabled]').waitFor()
    return agent.locator('#nearest-refusal').innerText()
  }
  assert.match(await wish('201'), /¥201\.00 超过本月补偿预算剩余的 ¥/)
  assert.match(await wish('30'), /¥30\.00 超过你的额度 ¥20\.00/)
  await agent.locator('.acts [data-act=ask]').click()
  await agent.locator('#ask-why').waitFor()
  await send(agent, 'an old customer')
  const { case: c, money } = await view(agent)
  assert.equal(money.length, 0)
  await granted(await house.signIn(person('zhoumin')), c.number, '¥30.00', 'an old customer')
  await agent.locator('[data-part=quote]', { hasText: '应付补偿¥30.00' }).waitFor()
  await agent.locator('.acts [data-act=approve]').waitFor({ state: 'detached' })
  assert.deepEqual((await view(agent)).money.map((leg) => [leg.kind, leg.amount_minor]), [['compensation', 3_000]])
  house.quiet()
})

test('two cases become one: the words of the first stand in the second, and new ones go there', async () => {
  const page = await house.signIn()
  const order = await anOrder(page)
  const first = await asked(page, 'washing', order), second = await asked(page, 'washing again', order)
  await page.goto(`${house.base}/cases/${second}`)
  const { number } = (await api(page, `/cases/${first}`)).case
  await page.locator('[data-act=ties]').click()
  await page.getByRole('menuitem', { name: texts['ui.ties.merge'] }).click()
  await page.locator(`[data-case="${number}"]`).click()
  await send(page, 'the same')
  await page.waitForURL(`**/cases/${first}`)
  await page.locator('[data-tie=merged_from]', { hasText: 'washing again?' }).waitFor()
  await post(page, `/cases/${second}/notes`, { kind: 'from_customer', body: 'are you there' })
  await page.locator('.timeline', { hasText: 'are you there' }).waitFor()
  assert.equal((await api(page, `/cases/${second}`)).case.status, 'closed')
  house.quiet()
})

test('a shift is handed over, taken by the next one, and prints', async () => {
  const page = await house.signIn()
  await verified(page, 'a torn box')
  await act(page, 'propose', async (dialog) => {
    await dialog.locator('#act-amount_minor').fill('35')
    await dialog.locator('[name=answer_by]').fill(tomorrow())
    await say('35 back, or a new box')(dialog)
  })
  await stage(page, 'proposed')
  const { case: offered } = await view(page)
  /** What was offered and promised stands with the case, and what was said of it. */
  const told = async (reader) => {
    const item = reader.locator(`[data-group=promises] [data-number="${offered.number}"]`)
    await item.getByText(`${texts['ui.handover.offer']} ¥35.00`).waitFor()
    await item.getByText('35 back, or a new box').waitFor()
    assert.match(await item.innerText(), /\d\d-\d\d 12:00 前答复/)
  }
  await page.goto(`${house.base}/handover`)
  await told(page)
  await page.fill('#handover-note', 'call the customer first')
  await page.click('[data-act=hand-over]')
  await page.waitForURL(/id=/)
  const id = new URL(page.url()).searchParams.get('id')
  const next = await house.signIn({ ...person('zhoumin'), path: `/handover?id=${id}` })
  await told(next)
  await next.locator('[data-act=acknowledge]').click()
  await next.locator('[data-act=acknowledge]').waitFor({ state: 'detached' })
  assert.ok((await api(next, `/handovers/${id}`)).handover.acknowledged_at > 0)
  await next.emulateMedia({ media: 'print' })
  assert.equal(await next.locator('nav.rail').isVisible(), false)
  assert.equal(await next.getByText('call the customer first').isVisible(), true)
  house.quiet()
})

test("a team's handover is taken by a lead, and by nobody else", async () => {
  const page = await house.signIn({ ...person('linke'), path: '/handover?whose=service' })
  await page.locator('[data-part=team]').waitFor()
  await page.fill('#handover-note', 'the late shift calls back')
  await page.click('[data-act=hand-over]')
  await page.waitForURL(/id=/)
  const id = new URL(page.url()).searchParams.get('id')
  const agent = await house.signIn({ ...person('xujianing'), path: `/handover?id=${id}` })
  await agent.getByText('the late shift calls back').waitFor()
  assert.equal(await agent.locator('[data-act=acknowledge]').count(), 0)
  assert.equal((await post(agent, `/handovers/${id}/acknowledge`, {})).code, 'handover_needs_lead')
  const lead = await house.signIn({ ...person('zhoumin'), path: '/handover' })
  await lead.locator(`[data-handover="${id}"]`).click()
  await lead.locator('[data-act=acknowledge]').click()
  await lead.locator('[data-act=acknowledge]').waitFor({ state: 'detached' })
  await lead.locator('[data-part=state]', { hasText: '周敏' }).waitFor()
  const { handover } = await api(lead, `/handovers/${id}`)
  assert.deepEqual([handover.team, handover.acknowledged_name], ['service', '周敏'])
  await agent.locator('[data-part=state]', { hasText: '周敏' }).waitFor()
  house.quiet()
})

test('two agents reply at once: one is sent, the other sees it and keeps the draft', async () => {
  const one = await house.signIn()
  const id = await asked(one, 'replies', await anOrder(one))
  const two = await house.signIn({ ...person('zhoumin'), path: `/cases/${id}` })
  await one.goto(`${house.base}/cases/${id}`)
  for (const [page, words] of [[one, 'from one'], [two, 'from two']]) await page.locator('.composer textarea').fill(words)
  await one.locator('.composer button[type=submit]').click()
  await one.locator('.timeline', { hasText: 'from one' }).waitFor()
  await two.locator('.composer button[type=submit]').click()
  await two.locator('[data-part=collision]', { hasText: 'from one' }).waitFor()
  assert.equal(await two.locator('.composer textarea').inputValue(), 'from two')
  const said = async () => (await api(one, `/cases/${id}/events`)).items.filter((event) => event.data.kind === 'to_customer').map((event) => event.note)
  assert.deepEqual(await said(), ['from one'])
  await two.locator('.composer button[type=submit]').click()
  await two.locator('[data-part=collision]').waitFor({ state: 'detached' })
  assert.deepEqual(await said(), ['from one', 'from two'])
  house.quiet()
})
