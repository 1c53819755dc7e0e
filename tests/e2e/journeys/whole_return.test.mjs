// The return of the whole product: opened on an order, approved, shipped, arrived, inspected, refunded, paid.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, post, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

const say = {
  'zh-CN': { reason: '不想要了', settled: '已结', requested: '待审核', awaiting: '待寄回', moving: '退货中', arrived: '已到仓', settling: '结算中', refunds: '退款待办', refunded: '已退', refund: /提交退款 ¥/, asked: /发起退货 2 件/ },
  'en-US': { reason: 'No longer wanted', settled: 'Settled', requested: 'To decide', awaiting: 'To be sent', moving: 'In transit', arrived: 'Arrived', settling: 'Settling', refunds: 'Refunds', refunded: 'Refunded', refund: /Submit refund ¥/, asked: /Open return of 2/ },
}

/** A sale that came yesterday; two of its three cups stay below what one person may decide alone. */
async function freshOrder(page, number) {
  const day = 24 * 3600_000
  const [shop] = (await api(page, '/shops')).items
  const view = await post(page, '/orders', {
    shop_id: shop.id, number, customer: { name: '林小满', phone: '13900000021' }, placed_at: Date.now() - 3 * day, delivered_at: Date.now() - day,
    lines: [{ sku: 'WALK-PLATE', name: '浅盘', qty: 1, unit_price_minor: 8_800 }, { sku: 'WALK-CUP', name: '手作茶杯', qty: 3, unit_price_minor: 5_933 }],
  })
  return { view, line: view.lines.find((one) => one.qty === 3) }
}

const state = (page, text) => page.locator('header .st', { hasText: text }).waitFor()
async function act(page, command, fill = async () => {}) {
  await page.locator(`[data-act="${command}"]:not([disabled])`).first().click()
  const send = page.locator('.el-dialog [data-act="send"]')
  await send.waitFor()
  await fill(page.locator('.el-dialog'))
  await send.click()
  await send.waitFor({ state: 'hidden' })
}

for (const locale of ['zh-CN', 'en-US']) {
  test(`a whole return, ${locale}`, async () => {
    const words = say[locale]
    const page = await house.signIn({ locale })
    const { view, line } = await freshOrder(page, `WALK-${locale}`)
    await page.goto(`${house.base}/orders/${view.order.id}`)
    await page.locator('.page-head .el-button--primary').click()
    await page.locator('[data-qty]').nth(view.lines.indexOf(view.lines.find((one) => one.id === line.id))).fill('2')
    await page.getByRole('radio', { name: words.reason }).click()
    await page.locator('#new-topic').fill('walk')
    await page.locator('#new-note').fill(locale === 'en-US' ? 'I do not want two of them.' : '有两件不想要了。')
    assert.match(await page.locator('[data-act=open]').innerText(), words.asked)
    await page.locator('[data-act=open]').click()
    await page.waitForURL(/\/cases\/[0-9A-Z]+$/)
    const id = page.url().split('/').at(-1)

    await state(page, words.requested)
    await act(page, 'approve')
    await state(page, words.awaiting)
    await act(page, 'ship_back', async (dialog) => {
      await dialog.locator('[name=carrier]').fill('SF')
      await dialog.locator('[name=tracking]').fill(`SF-${id.slice(-8)}`)
    })
    await state(page, words.moving)
    await act(page, 'arrive')
    await state(page, words.arrived)
    await act(page, 'inspect')
    await page.locator('[data-act=submit_refund]').waitFor()
    const quoted = (await api(page, `/cases/${id}`)).operations[0].settled.net_minor
    assert.ok(quoted > 0)
    assert.match(await page.locator('[data-act=submit_refund]').innerText(), words.refund)
    await act(page, 'submit_refund')
    await state(page, words.settling)

    // Finance says that the customer was paid
    await page.goto(`${house.base}/refunds`)
    const number = (await api(page, `/cases/${id}`)).case.number
    const row = page.locator('tbody tr', { hasText: `#${number}` })
    await row.locator('[data-act=mark-ok]').click()
    await page.locator('#mark-ref').fill('BANK-1')
    await page.locator('.el-dialog [data-act=send]').click()
    await row.waitFor({ state: 'hidden' })

    await page.goto(`${house.base}/cases/${id}`)
    await state(page, words.settled)
    const after = await api(page, `/orders/${view.order.id}`)
    assert.equal(after.money.reduce((sum, one) => sum + one.refunded_minor, 0), quoted)
    assert.equal(after.units.filter((run) => run.order_line_id === line.id && run.bucket === 'returned').reduce((sum, run) => sum + run.qty, 0), 2)
    // The ledger on the page adds up in one column
    const numbers = (await page.locator('.sums').last().locator('.spread > span:last-child').allInnerTexts()).map((text) => Math.round(Number(text.replace(/[^\d.−]/g, '').replace('−', '-')) * 100))
    assert.equal(numbers[0], numbers.slice(1).reduce((sum, one) => sum + one, 0))
    await page.getByText('BANK-1').waitFor()
    house.quiet()
  })
}
