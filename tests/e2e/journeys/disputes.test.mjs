// The side ways of a return, each dialog driven by hand: details, refusal and appeal, loss, dispute, goods sent back.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { api, photo, picture, post, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

const texts = JSON.parse(readFileSync(new URL('../../../schema/text/zh-CN.json', import.meta.url), 'utf8'))
const choose = (dialog, list, word) => dialog.getByRole('radio', { name: texts[`word.${list}.${word}`], exact: true }).first().click()
const view = (page) => api(page, `/cases/${page.url().split('/').at(-1)}`)

/** A return of two units, opened through the API and shown. */
let used = 0
async function aReturn(page) {
  const { items } = await api(page, '/orders?limit=200')
  const fits = (one) => one.qty >= 2 && (one.allocated_minor / one.qty) * 2 < 40_000
  let order
  for (const row of items.filter((one) => one.case_count === 0)) {
    order = await api(page, `/orders/${row.id}`)
    if (order.lines.some(fits)) break
  }
  const line = order.lines.find(fits)
  const opened = await post(page, '/cases', {
    shop_id: order.order.shop_id, order_id: order.order.id,
    request: { lines: [{ order_line_id: line.id, qty: 2 }], reason: 'quality', photo_ref: await photo(page, order.order.shop_id), override_window: true, override_reason: '老客户' },
  })
  assert.ok(opened.case_id, JSON.stringify(opened))
  await page.goto(`${house.base}/cases/${opened.case_id}`)
  await page.locator('.acts').waitFor()
  return { tracking: `SIDE-${++used}` }
}

/** Picks an act where it stands, a button or an entry of ⋯, fills its dialog and sends it. */
async function act(page, command, fill = async () => {}) {
  const button = page.locator(`.acts [data-act="${command}"]:not([disabled])`).first()
  const more = page.locator('[data-act=more]')
  const item = page.getByRole('menuitem', { name: new RegExp(`^${texts[`act.${command}`]}`) })
  for (let tries = 3; ; --tries) {
    await button.or(more).first().waitFor()
    if (await button.isVisible()) {
      await button.click()
      break
    }
    await more.click()
    try {
      await item.click({ timeout: 4_000 })
      break
    } catch (error) { // the case was read again meanwhile, and the act became a button
      if (tries === 0) throw error
      await page.keyboard.press('Escape')
    }
  }
  const dialog = page.locator('.el-dialog')
  const send = dialog.locator('[data-act=send]')
  await send.waitFor()
  await fill(dialog)
  await send.click()
  await send.waitFor({ state: 'hidden' })
}
const header = (page, word) => page.locator('header .st', { hasText: texts[`word.header.${word}`] }).first().waitFor()

async function sentBack(page, { tracking }) {
  await act(page, 'approve')
  await header(page, 'awaiting_goods')
  await act(page, 'ship_back', async (dialog) => {
    await dialog.locator('[name=carrier]').fill('SF')
    await dialog.locator('[name=tracking]').fill(tracking)
  })
  await header(page, 'in_transit')
}
async function disputed(page, story) {
  await sentBack(page, story)
  await act(page, 'arrive')
  await header(page, 'arrived')
  await act(page, 'inspect', async (dialog) => {
    await dialog.locator('select').first().selectOption('used')
    await dialog.locator('[name=photo_ref]').first().setInputFiles(picture())
    await dialog.locator('[data-photo] img').waitFor()
    await dialog.locator('[data-photos] [role=progressbar]').waitFor({ state: 'hidden' })
  })
  await header(page, 'disputed')
}

test('details are asked for and given, then it is refused, appealed and approved', async () => {
  const page = await house.signIn()
  await aReturn(page)
  await act(page, 'ask_info', async (dialog) => {
    await dialog.locator('[data-act=send]').click()
    await dialog.locator('[role=alert]').first().waitFor()
    await dialog.locator('[name=question]').fill('请补一张瓶口的照片。')
  })
  await header(page, 'need_info')
  await act(page, 'give_info', async (dialog) => {
    await dialog.locator('[name=photo_ref]').setInputFiles([picture(), { name: 'x.txt', mimeType: 'image/png', buffer: Buffer.from('no photo') }])
    await dialog.getByText(texts['problem.not_a_photo']).waitFor()
    await dialog.locator('[data-photo] .off').last().click()
    await dialog.getByText(texts['problem.not_a_photo']).waitFor({ state: 'hidden' })
  })
  const thumb = page.locator('.timeline .thumb').last()
  await thumb.click()
  const large = page.locator('dialog[open] img')
  await large.waitFor()
  assert.ok(await large.evaluate(async (img) => { await img.decode(); return img.naturalWidth }) === 400)
  await page.keyboard.press('Escape')
  await large.waitFor({ state: 'detached' })
  await page.waitForFunction(() => document.activeElement?.classList.contains('thumb'))
  await header(page, 'requested')
  await act(page, 'reject', async (dialog) => {
    const words = dialog.locator('[name=note]')
    await choose(dialog, 'reject', 'window_passed')
    const first = await words.inputValue()
    await choose(dialog, 'reject', 'evidence_missing')
    assert.notEqual(await words.inputValue(), first) // each reason has its sentence, until a person writes
    await words.fill(`${await words.inputValue()}祝您生活愉快。`)
  })
  await header(page, 'rejected')
  const told = page.locator('.bubble', { hasText: '祝您生活愉快。' })
  await told.waitFor()
  assert.match(await told.innerText(), /照片/)
  await act(page, 'appeal')
  await header(page, 'requested')
  await act(page, 'approve')
  await header(page, 'awaiting_goods')
  assert.equal((await view(page)).operations[0].decision, 'approved')
  await page.getByText('请补一张瓶口的照片。').first().waitFor()
  house.quiet()
})

test('one of two is withdrawn, the parcel with the other is lost, and a lead rules', async () => {
  const page = await house.signIn()
  const story = await aReturn(page)
  await act(page, 'approve')
  await header(page, 'awaiting_goods')
  await act(page, 'withdraw', (dialog) => dialog.locator('input[type=number]').first().fill('1'))
  await act(page, 'ship_back', async (dialog) => {
    await dialog.locator('[name=carrier]').fill('SF')
    await dialog.locator('[name=tracking]').fill(story.tracking)
  })
  await header(page, 'in_transit')
  await act(page, 'carrier_lost')
  await header(page, 'disputed')
  await act(page, 'rule', (dialog) => choose(dialog, 'ruling', 'carrier_pays'))
  const after = await view(page)
  assert.equal(after.operations[0].decision, 'settling')
  assert.equal(after.lines[0].written_off, 1)
  assert.equal(after.lines[0].released, 1)
  house.quiet()
})

test('the customer agrees to less', async () => {
  const page = await house.signIn()
  await disputed(page, await aReturn(page))
  await act(page, 'agree', async (dialog) => {
    await dialog.locator('#act-net_minor').fill('12.50')
    await dialog.locator('[name=customer_consent]').check()
  })
  await header(page, 'settling')
  assert.equal((await view(page)).money.filter((leg) => leg.state === 'authorised').reduce((sum, leg) => sum + leg.amount_minor, 0), 1_250)
  house.quiet()
})

test('goods go back to the customer, are lost, are sent again, are thought lost, come, and the case is closed', async () => {
  const page = await house.signIn()
  await disputed(page, await aReturn(page))
  await act(page, 'send_back', async (dialog) => {
    await dialog.locator('[data-act=send]').click()
    await dialog.locator('[role=alert]').first().waitFor()
    await dialog.locator('[name=address_confirmed]').check()
  })
  const dispatch = (tracking) => act(page, 'dispatch', async (dialog) => {
    await dialog.locator('[name=carrier]').fill('SF')
    await dialog.locator('[name=tracking]').fill(tracking)
  })
  await header(page, 'sending_back')
  await dispatch('OUT-1')
  await act(page, 'outbound_lost')
  await header(page, 'disputed')
  await act(page, 'resend', (dialog) => dialog.locator('[name=address_confirmed]').check())
  await header(page, 'sending_back')
  await dispatch('OUT-2')
  await act(page, 'outbound_lost')
  await header(page, 'disputed')
  await act(page, 'delivered') // it turned up after all
  await header(page, 'settled')
  const after = await view(page)
  assert.deepEqual(after.outbound.map((leg) => leg.state), ['lost', 'delivered'])
  assert.equal(after.order[0].money.reduce((sum, one) => sum + one.refunded_minor, 0), 0)
  await act(page, 'close', async (dialog) => {
    await choose(dialog, 'cause', 'courier')
    await dialog.locator('[name=summary]').fill('补寄后签收。')
  })
  await page.waitForFunction(async (path) => (await (await fetch(path)).json()).case.status === 'closed', `/api/v1/cases/${page.url().split('/').at(-1)}`)
  house.quiet()
})

test('the platform steps in and rules: the shop waits, then settles with that amount', async () => {
  const page = await house.signIn()
  await aReturn(page)
  await act(page, 'hear_platform', async (dialog) => {
    await dialog.locator('[data-act=send]').click()
    await dialog.locator('[role=alert]').first().waitFor()
    await dialog.locator('[name=external_ref]').fill('AS-2026-1')
    await choose(dialog, 'intervention', 'in_progress')
    await dialog.locator('[name=deadline_at]').fill('2099-11-30T18:00')
  })
  const block = page.locator('[data-part=platform]')
  await block.getByText('AS-2026-1').waitFor()
  await block.getByText(texts['word.intervention.in_progress']).waitFor()
  await page.getByText('AS-2026-1', { exact: false }).nth(1).waitFor() // an act says why it has to wait
  const known = await view(page)
  assert.equal(new Date(known.case.platform.deadline_at).toISOString(), '2099-11-30T10:00:00.000Z') // Shanghai's 18:00
  assert.equal(known.acts.find((one) => one.command === 'reject').code, 'platform_intervenes')
  await disputed(page, { tracking: `SIDE-${++used}` })
  await act(page, 'hear_platform', async (dialog) => {
    await choose(dialog, 'intervention', 'ruled_for_buyer')
    await dialog.locator('#act-ruled_minor').fill('9.90')
  })
  await block.getByText(texts['word.intervention.ruled_for_buyer']).waitFor()
  await act(page, 'rule', (dialog) => choose(dialog, 'ruling', 'platform_ruling'))
  await header(page, 'settling')
  assert.equal((await view(page)).operations[0].settled.net_minor, 990)
  house.quiet()
})
