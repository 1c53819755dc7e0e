// The shop beside its partners: a warehouse without a plugin (signed webhook out, receipt in), a label to print, a marketplace that
// works with files. The warehouse is a small HTTP server of the test.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { api, post, startHouse } from '../support.mjs'

let house, warehouse, heard = [], status = 204
before(async () => {
  house = await startHouse()
  warehouse = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      heard.push({ headers: request.headers, body })
      response.writeHead(status).end()
    })
  })
  await new Promise((done) => warehouse.listen(0, '127.0.0.1', done))
})
after(async () => {
  warehouse.close()
  await house.stop()
})

const dialog = (page) => page.locator('.el-dialog')
const eventually = async (what, look) => {
  for (let i = 0; i < 450; i++) { // folders are looked at each 15 seconds
    const found = await look()
    if (found) return found
    await new Promise((done) => setTimeout(done, 100))
  }
  assert.fail(`never: ${what}`)
}
/** As Standard Webhooks says: base64 of HMAC-SHA256 over id.timestamp.body. */
const signature = (secret, { headers, body }) =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64')).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64')}`
/** A file that is complete when it has its name, as the plugins want it. */
const drop = (folder, name, text) => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.part`), text)
  utimesSync(join(folder, `${name}.part`), new Date(), new Date(Date.now() - 60_000)) // as if complete for a while
  renameSync(join(folder, `${name}.part`), join(folder, name))
}

test('a webhook is registered, tested, rotated; an approved return is signed with both secrets', async () => {
  assert.equal(signature('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', { headers: { 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330' }, body: '{"test": 2432232314}' }), 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=') // the vector of npm standardwebhooks
  house.addAdmin('root', 'a good password')
  const page = await house.signIn({ login: 'root', password: 'a good password', path: '/admin/connectors' })
  await page.locator('[data-act=add-webhook]').click()
  await dialog(page).locator('button[type=submit]').click()
  await dialog(page).locator('.err').first().waitFor()
  await page.locator('#webhook-title').fill('外仓')
  await page.locator('#webhook-url').fill('javascript:alert(1)')
  await dialog(page).locator('button[type=submit]').click()
  await dialog(page).locator('.err').first().waitFor()
  await page.locator('#webhook-url').fill(`http://127.0.0.1:${warehouse.address().port}/hook`)
  await dialog(page).locator('button[type=submit]').click()
  await dialog(page).waitFor({ state: 'hidden' })
  const first = await page.locator('[data-part=secret]').innerText()
  await page.locator('[data-act=test-webhook]').click()
  await eventually('the test arrives', () => heard.length === 1)
  assert.equal(heard[0].headers['webhook-signature'], signature(first, heard[0]))
  assert.equal(JSON.parse(heard[0].body).type, 'test.ping')
  await page.locator('[data-act=rotate-secret]').click()
  await page.waitForFunction((text) => document.querySelector('[data-part=secret]')?.textContent !== text, first)
  const second = await page.locator('[data-part=secret]').innerText()
  await page.reload()
  await page.locator('[data-part=webhooks]').getByText('外仓').waitFor()
  assert.equal(await page.locator('[data-part=secret]').count(), 0)

  const agent = await house.signIn()
  const { items } = await api(agent, '/cases?unfinished=true')
  const open = items.find((one) => one.header === 'requested' && one.kind === 'return_refund' && one.amount_minor < 30_000)
  const view = await api(agent, `/cases/${open.id}`)
  const operation = view.operations.at(-1)
  heard = []
  await post(agent, `/cases/${open.id}/operations/${operation.id}/approve`, {})
  const told = await eventually('the return is announced', () => heard[0])
  assert.equal(told.headers['webhook-signature'], `${signature(second, told)} ${signature(first, told)}`)
  const { type, data } = JSON.parse(told.body)
  assert.equal(type, 'return.announced')
  assert.equal(data.key, operation.id)
  assert.equal(data.case_number, open.number)

  // The warehouse counts it: a token, one POST, and the case moves.
  const shop = (await api(page, '/shops')).items[0]
  const token = await post(page, '/tokens', { name: 'wms', roles: ['warehouse'], shops: [shop.id] })
  const report = async (body) => {
    const answer = await fetch(`${house.base}/api/v1/receipts`, { method: 'POST', headers: { Authorization: `Bearer ${token.secret}`, 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
    assert.equal(answer.status, 200)
    return answer.json()
  }
  const lines = data.lines.map(({ sku, qty }) => ({ sku, qty }))
  const receipt = { external_id: 'WMS-1', return: open.number, lines, inspections: lines.map(({ sku, qty }, i) => ({ external_id: `WMS-1-${i}`, sku, qty, grade: 'pass', disposition: 'restock' })) }
  assert.deepEqual((await report(receipt)).problems, [])
  const after = await api(agent, `/cases/${open.id}`)
  assert.equal(after.inbound[0].state, 'inspected')
  assert.equal((await report(receipt)).taken, 1 + lines.length)
  assert.equal((await api(agent, `/cases/${open.id}`)).case.version, after.case.version)

  const lost = await report({ external_id: 'WMS-2', return: '77777', lines: [{ sku: 'NO', qty: 1 }] })
  assert.equal(lost.problems[0].code, 'unknown_return')
  await page.reload()
  await page.getByText('WMS-2').waitFor()

  // A receiver that is down: tried again, replayed by hand.
  status = 500
  await page.locator('[data-act=test-webhook]').click()
  await page.getByText('对方答复 500').waitFor()
  status = 204
  const [sent] = (await api(page, `/webhooks/${(await api(page, '/webhooks')).items[0].id}/deliveries`)).items
  assert.equal(sent.state, 'pending')
  heard = []
  await page.locator('[data-act=replay]').first().click()
  await eventually('the replay arrives', () => heard.length > 0)
  house.quiet()
})

test('a label is printed, booked and its number recorded', async () => {
  const page = await house.signIn()
  const { items } = await api(page, '/cases?unfinished=true')
  const open = items.find((one) => one.header === 'awaiting_goods')
  await page.goto(`${house.base}/cases/${open.id}`)
  await page.locator('[data-act=print-label]').click()
  const label = page.locator('[data-part=label]')
  await label.getByText(open.number).first().waitFor()
  const image = label.locator('img.code')
  assert.match(decodeURIComponent(await image.getAttribute('src')), /<svg[^>]+viewBox="0 0 \d+ 60"/)
  assert.ok(await image.evaluate((one) => one.naturalWidth > 0))
  await label.getByText('义乌市').waitFor()
  await page.locator('[data-act=book-return]').click()
  await label.getByText(`M-${open.number}`).waitFor()
  await page.locator('#label-carrier').fill('顺丰')
  await page.locator('#label-tracking').fill('SF2026000001')
  await page.locator('aside button[type=submit]').click()
  await page.getByText('都已寄出').waitFor()
  const view = await api(page, `/cases/${open.id}`)
  assert.equal(view.inbound.at(-1).tracking, 'SF2026000001')
  assert.equal(view.inbound.at(-1).carrier, '顺丰')
  assert.equal((await page.pdf({ format: 'A6' })).subarray(0, 5).toString(), '%PDF-')
  house.quiet()
})

test("the marketplace's files become orders and a case; the decision is a file, and its next file is followed", async () => {
  const folder = join(house.data, 'marketplace')
  const page = await house.signIn()
  drop(join(folder, 'orders'), 'orders.csv', '﻿订单编号,商品编码,商品名称,数量,单价,付款时间,确认收货时间,收货人\r\n="20261126001",TM-CUP,手作茶杯,2,59.00,2026-11-20 10:00,2026-11-24 18:00,沈青\r\n')
  drop(join(folder, 'after_sales'), 'first.csv', '售后单号,订单编号,商品编码,数量,售后类型,售后状态,退款金额,退款原因,退款说明,超时时间,更新时间\r\nTM901,="20261126001",TM-CUP,1,退货退款,待商家处理,59.00,质量问题,杯口有裂纹,2026-12-20 12:00,2026-11-25 09:00\r\nTM902,="20261126001",TM-CUP,1,仅退款,待商家处理,10.00,少件,,,\r\n')
  const find = async () => (await api(page, '/cases?q=20261126001')).items.find((one) => one.platform?.external_ref === 'TM901')
  const made = await eventually('the case appears', find)
  await page.goto(`${house.base}/cases/${made.id}`)
  const block = page.locator('[data-part=platform]')
  await block.getByText('TM901').waitFor()
  await block.getByText('待商家处理').waitFor()
  await page.getByText('杯口有裂纹').waitFor()
  await page.locator('[data-act=approve]').click()
  await dialog(page).locator('button[type=submit]').click()
  await dialog(page).waitFor({ state: 'hidden' })
  const decisions = join(folder, 'decisions')
  const file = await eventually('the decision is written', () => existsSync(decisions) && readdirSync(decisions).find((name) => name.startsWith('TM901-agree_return')))
  assert.match(readFileSync(join(decisions, file), 'utf8'), /TM901,20261126001,\d+,agree_return/)
  await block.locator('[data-write-back=done]').waitFor()

  drop(join(folder, 'after_sales'), 'second.csv', '售后单号,订单编号,售后类型,售后状态,物流公司,物流单号,更新时间\r\nTM901,20261126001,退货退款,买家已退货,顺丰,SF20261126,2026-11-26 09:00\r\n')
  const view = await eventually('the parcel is under way', async () => {
    const now = await api(page, `/cases/${made.id}`)
    return now.inbound.length > 0 && now
  })
  assert.equal(view.inbound[0].tracking, 'SF20261126')
  const kept = (await api(page, '/cases?q=20261126001')).items.find((one) => one.platform?.external_ref === 'TM902')
  assert.equal(kept.kind, 'refund_only')
  const [asked] = (await api(page, `/cases/${kept.id}`)).operations
  assert.deepEqual([asked.sub_kind, asked.quote.net_minor], ['keep_goods', 1000])
  await page.goto(`${house.base}/cases/${kept.id}`)
  await page.locator('[data-part=platform]').getByText('TM902').waitFor()
  house.quiet()
})
