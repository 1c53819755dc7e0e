// Every kind of operation from request to its end in the browser, each with a refusal and a detour.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, picture, post, startHouse } from '../support.mjs'

let house
let page
before(async () => {
  house = await startHouse()
  page = await house.signIn()
})
after(async () => house.stop())

const used = new Set()
/** An order nobody has a case on, with a line of `qty` units of less than 450.00. */
async function freshOrder(qty = 1) {
  const { items } = await api(page, '/orders?limit=200')
  for (const row of items.filter((one) => one.case_count === 0 && !used.has(one.id))) {
    const view = await api(page, `/orders/${row.id}`)
    const line = view.lines.find((one) => one.qty >= qty && one.allocated_minor / one.qty < 20_000)
    if (!line || !view.units.some((run) => run.order_line_id === line.id && run.bucket === 'with_customer')) continue
    used.add(row.id)
    return { view, line }
  }
  throw new Error('no order is free')
}
const radio = (name) => page.getByRole('radio', { name, exact: true }).first().click()
const state = (text) => page.locator('header .st', { hasText: text }).waitFor()

/** Opens a case of this kind and way on a new order through the page. */
async function ask(kind, way, reason, { qty = 1, fill = async () => {} } = {}) {
  const { view, line } = await freshOrder(qty)
  await page.goto(`${house.base}/cases/new?order=${view.order.id}`)
  await page.locator('.form').waitFor()
  await radio(kind)
  if (way) await radio(way)
  await page.getByRole('radio', { name: reason, exact: true }).last().click()
  const boxes = page.locator('[data-qty]')
  if (qty && (await boxes.count())) await boxes.nth(view.lines.findIndex((one) => one.id === line.id)).fill(String(qty))
  await page.locator('#new-topic').fill(`${kind} ${reason}`)
  await fill()
  await page.locator('[data-act=open]').click()
  await page.waitForURL(/\/cases\/[0-9A-Z]+$/)
  await page.locator('.acts').waitFor()
  return { id: page.url().split('/').at(-1), view, line }
}
const addPhoto = async () => {
  await page.locator('[name=photo_ref]').first().setInputFiles(picture())
  await page.locator('[data-photo] img').waitFor()
  await page.locator('[data-photos] [role=progressbar]').waitFor({ state: 'hidden' })
}

/** Does an act, wherever it stands: a button of its own or a line of the menu. */
async function act(command, fill = async () => {}) {
  const button = page.locator(`.acts [data-act="${command}"]:not([disabled])`)
  await page.locator('.acts').waitFor()
  if (await button.count()) await button.first().click()
  else {
    await page.keyboard.press('s')
    await page.locator(`[data-choice^="${command} "]`).first().click()
  }
  const dialog = page.locator('.el-dialog')
  const send = dialog.locator('[data-act="send"]')
  await send.waitFor()
  await fill(dialog)
  await send.click()
  await send.waitFor({ state: 'hidden' })
}
const parcel = (carrier, tracking) => async (dialog) => {
  await dialog.locator('[name=carrier]').fill(carrier)
  await dialog.locator('[name=tracking]').fill(tracking)
}
/** The goods come back and are as they should be. */
async function comesBack(id) {
  await act('ship_back', parcel('SF', `K-${id.slice(-8)}`))
  await act('arrive')
  await act('inspect')
}

test('exchange: a dearer thing is paid for before it leaves', async () => {
  const { id, view } = await ask('换货', '收到再换', '尺码不合', {
    fill: async () => {
      await page.locator('#new-sku').fill('XL-1')
      await page.locator('#new-name').fill('大一号')
      await page.getByText('价格不同').click()
      await page.locator('#new-price').fill('300')
    },
  })
  await state('待审核')
  const goods = '大一号 · XL-1 × 1'
  await page.locator('[data-part=gets]', { hasText: goods }).waitFor() // whoever packs reads what goes out
  await act('approve')
  await comesBack(id)
  await state('待付款')
  await page.locator('[data-part=outbound]', { hasText: goods }).waitFor()
  await page.locator('[data-part=tasks]', { hasText: `把货寄给客户 · ${goods}` }).waitFor()
  await page.locator('[data-part=quote]', { hasText: '客户应补' }).waitFor()
  await page.locator('.timeline', { hasText: `待发出 ${goods}` }).waitFor()
  // refused beside the button: nothing leaves before the difference is there
  const { acts } = await api(page, `/cases/${id}`)
  assert.equal(acts.find((one) => one.command === 'dispatch').code, 'difference_not_paid')
  await act('collected', async (dialog) => dialog.locator('[name=reference]').fill('PAY-1'))
  await state('待发出')
  await act('reserve')
  await act('dispatch', async (dialog) => {
    await dialog.getByRole('radio', { name: goods, exact: true }).waitFor()
    await parcel('SF', `KO-${id.slice(-8)}`)(dialog)
  })
  await state('已发出')
  await act('delivered')
  await state('已结')
  const after = await api(page, `/orders/${view.order.id}`)
  assert.equal(after.lines.at(-1).sku, 'XL-1')
  assert.equal(after.lines.at(-1).allocated_minor, 30_000)
})

test('exchange for something dearer at no price: nothing is asked for, and it leaves, comes and is settled', async () => {
  const dear = (await api(page, '/products?limit=200')).items.reduce((a, b) => (b.price_minor > a.price_minor ? b : a))
  const { id, view, line } = await ask('换货', '收到再换', '尺码不合', {
    fill: async () => {
      await page.locator('#new-sku').fill(dear.sku)
      await page.locator('#new-name').fill(dear.name)
    },
  })
  assert.ok(dear.sku !== line.sku && dear.price_minor > line.unit_price_minor)
  await act('approve')
  await comesBack(id)
  await state('待发出') // it waits for no payment
  await page.locator('[data-part=outbound]', { hasText: `${dear.name} · ${dear.sku} × 1` }).waitFor()
  assert.equal(await page.getByText('客户应补').count(), 0)
  await act('dispatch', parcel('SF', `KE-${id.slice(-8)}`))
  await state('已发出')
  await act('delivered')
  await state('已结')
  assert.equal((await api(page, `/cases/${id}`)).money.length, 0)
  const after = (await api(page, `/orders/${view.order.id}`)).lines.at(-1)
  assert.deepEqual([after.sku, after.allocated_minor], [dear.sku, Math.ceil(line.allocated_minor / line.qty)])
})

test('exchange that cannot be had becomes a refund', async () => {
  const { id } = await ask('换货', '收到再换', '尺码不合', { fill: () => page.locator('#new-sku').fill('GONE-1') })
  await act('approve')
  await comesBack(id)
  await post(page, `/cases/${id}/operations/${(await api(page, `/cases/${id}`)).operations[0].id}/reserve`, { state: 'out_of_stock' })
  await page.reload()
  await state('协商中')
  await act('change_kind', async (dialog) => {
    await dialog.getByRole('radio', { name: '退货退款', exact: true }).click()
    await dialog.getByText('客户已同意').click()
  })
  await act('submit_refund')
  const view = await api(page, `/cases/${id}`)
  assert.equal(view.operations[0].settled.net_minor, view.operations[0].settled.goods_minor)
})

test('repair: quoted, accepted, parts, a failed test, paid, back', async () => {
  const { id } = await ask('维修', '', '质量问题', { fill: async () => {
    await addPhoto()
    for (const name of ['功能', '时有时无']) await page.getByRole('radio', { name, exact: true }).first().click()
  } })
  await page.locator('.timeline', { hasText: '功能 · 时有时无' }).waitFor()
  await act('approve')
  await comesBack(id)
  await state('检测中')
  await act('diagnose', async (dialog) => {
    await dialog.locator('[name=warranty]:checked').waitFor() // the policy says so; the technician found water inside
    await dialog.locator('[name=warranty]').uncheck()
    await dialog.locator('#act-parts_minor').fill('12')
  })
  await state('待客户确认')
  const operation = async () => (await api(page, `/cases/${id}`)).operations[0]
  assert.equal((await api(page, `/cases/${id}`)).acts.find((one) => one.command === 'answer_quote').code, 'quote_missing')
  await act('quote_repair', async (dialog) => dialog.locator('#act-price_minor').fill('30'))
  await page.locator('[data-part=quote]', { hasText: '客户应付¥30.00' }).waitFor()
  await page.locator('.timeline', { hasText: '给客户报维修价 ¥30.00' }).waitFor()
  await act('answer_quote', async (dialog) => {
    await dialog.locator('[data-act=send]').click()
    await dialog.locator('.err').first().waitFor() // nobody accepts by saying nothing
    await dialog.getByRole('radio', { name: '接受 ¥30.00', exact: true }).click()
  })
  await state('维修中')
  const step = (name) => act('repair_step', (dialog) => dialog.getByRole('radio', { name, exact: true }).click())
  await step('等配件')
  await step('配件到了')
  await step('修完')
  await step('测试不通过')
  await step('修完')
  await step('测试通过')
  await state('待付款')
  await act('collected')
  await act('dispatch', parcel('SF', `KR-${id.slice(-8)}`))
  await act('delivered')
  await state('已结')
  assert.equal((await operation()).settled.collect_minor, 3_000)
})

test('reissue: refuted once, then confirmed and sent', async () => {
  const { id } = await ask('补发', '补配件', '少件', { fill: addPhoto })
  await act('approve')
  await state('核实中')
  await act('answer_check', (dialog) => dialog.getByRole('radio', { name: '不属实', exact: true }).click())
  await state('待审核')
  await act('approve')
  await act('answer_check', (dialog) => dialog.getByRole('radio', { name: '属实', exact: true }).click())
  await state('待发出')
  await act('dispatch', parcel('SF', `KP-${id.slice(-8)}`))
  await act('delivered')
  await state('已结')
})

test('reissue for a wrong item: what was sent by mistake is called back, and looked at when it comes', async () => {
  const { id } = await ask('补发', '补整件', '发错货', { fill: addPhoto })
  await act('approve')
  await act('answer_check', (dialog) => dialog.getByRole('radio', { name: '属实', exact: true }).click())
  await state('待发出')
  const spoon = async (dialog) => {
    await dialog.locator('[data-act=send]').click()
    await dialog.locator('.err').first().waitFor() // what was it
    await dialog.locator('[name=sku]').fill('SPOON-1')
    await dialog.locator('[name=name]').fill('木勺')
    await parcel('SF', `KR-${id.slice(-8)}`)(dialog)
  }
  await act('open_recall', spoon)
  const recalled = async () => (await api(page, `/cases/${id}`)).inbound.find((leg) => leg.purpose === 'recall')
  assert.deepEqual([(await recalled()).sku, (await recalled()).state], ['SPOON-1', 'in_transit'])
  await act('dispatch', parcel('SF', `KS-${id.slice(-8)}`))
  await act('delivered')
  await state('已结') // it waits for nothing
  await act('recall_arrived')
  await act('inspect_recall', async (dialog) => {
    await dialog.getByRole('radio', { name: '已使用', exact: true }).click()
    await dialog.locator('[data-act=send]').click()
    await dialog.getByText('这种情况要有照片。').first().waitFor()
    await dialog.locator('[name=photo_ref]').first().setInputFiles(picture())
    await dialog.locator('[data-photo] img').waitFor()
    await dialog.locator('[role=progressbar]').waitFor({ state: 'hidden' })
  })
  assert.equal((await recalled()).state, 'inspected')
  assert.equal((await api(page, `/cases/${id}`)).money.length, 0)
})

test('reissue for a parcel that did not come: it turns up at the desk of unknown parcels, and is taken in', async () => {
  const { id, line } = await ask('补发', '补整件', '没收到', { fill: addPhoto })
  await act('approve')
  await act('answer_check', (dialog) => dialog.getByRole('radio', { name: '属实', exact: true }).click())
  await act('dispatch', parcel('SF', `KT-${id.slice(-8)}`))
  await act('delivered')
  await state('已结')
  const { case: c } = await api(page, `/cases/${id}`)
  await page.goto(`${house.base}/parcels`)
  await page.locator('[data-act=record]').click()
  const dialog = page.locator('.el-dialog')
  await dialog.locator('[name=tracking]').fill(`KL-${id.slice(-8)}`)
  await dialog.locator('[name=contents]').fill('迟到的一件')
  await dialog.locator('[data-act=send]').click()
  await dialog.locator('[data-act=send]').waitFor({ state: 'hidden' })
  await page.locator('[data-parcel]', { hasText: '迟到的一件' }).locator('[data-act=match]').click()
  await dialog.locator('input[type=search]').fill(c.number)
  await dialog.locator('[data-case]').first().click()
  await dialog.locator('[data-act=send]:not([disabled])').click()
  await dialog.locator('[data-act=send]').waitFor({ state: 'hidden' })
  await page.goto(`${house.base}/cases/${id}`)
  await act('inspect_recall')
  const view = await api(page, `/cases/${id}`)
  assert.deepEqual([view.inbound[0].purpose, view.inbound[0].state, view.inbound[0].order_line_id], ['recovered', 'inspected', line.id])
  assert.equal(view.operations[0].decision, 'settled')
  assert.equal(view.money.length, 0)
  house.quiet()
})

test('refund without a return: part of the price, refused above what the goods are worth', async () => {
  const { id, line } = await ask('仅退款', '不退货', '质量问题', {
    fill: async () => {
      await addPhoto()
      await page.locator('#new-sum').fill('1')
    },
  })
  await act('approve')
  await act('submit_refund')
  const view = await api(page, `/cases/${id}`)
  assert.equal(view.operations[0].settled.net_minor, 100)
  assert.equal(view.order[0].units.filter((run) => run.order_line_id === line.id && run.bucket === 'consumed').length, 1)
  const refused = await post(page, `/cases/${id}/operations`, { kind: 'refund_only', sub_kind: 'price_adjust', reason: 'price_drop', amount_minor: 900_000, lines: [{ order_line_id: view.order[0].lines[0].id, qty: 1 }] })
  assert.match(refused.code, /amount_over_value|qty_not_available/)
})

test('goodwill has its own limit, and the order keeps its money', async () => {
  const { id } = await ask('仅退款', '补偿', '补偿', { qty: 0, fill: () => page.locator('#new-sum').fill('8') })
  await page.locator('.timeline', { hasText: '申请补偿 ¥8.00' }).waitFor()
  await act('approve', (dialog) => dialog.getByText('同意后由财务把补偿打给客户').waitFor())
  await page.getByText('同意申请：已完成').waitFor()
  await page.locator('[data-part=quote]', { hasText: '应付补偿¥8.00' }).waitFor()
  await act('submit_refund')
  assert.doesNotMatch(await page.locator('.timeline').innerText(), /0 件|¥0\.00/)
  const view = await api(page, `/cases/${id}`)
  assert.equal(view.money[0].kind, 'compensation')
  assert.equal(view.order[0].money.reduce((sum, one) => sum + one.refunded_minor + one.in_flight_minor, 0), 0)
  house.quiet()
})
