// Revisits: a case that closes is asked about later, a due one ends with its result, the month says what each day is.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, post, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

test('closing a case plans a call, which the case shows', async () => {
  const page = await house.signIn()
  const shop = (await api(page, '/shops')).items[0]
  const customer = (await api(page, '/customers?limit=50')).items.at(-1)
  const opened = await post(page, '/cases', { shop_id: shop.id, kind: 'consultation', customer_id: customer.id, topic: '毛巾掉色吗' })
  await page.goto(`${house.base}/cases/${opened.case_id}`)
  await page.getByRole('heading', { name: '毛巾掉色吗' }).waitFor()
  await post(page, `/cases/${opened.case_id}/answer`, { note: '不掉色，放心洗。' })
  await post(page, `/cases/${opened.case_id}/close`, { cause_code: 'answered', responsibility: 'unknown', summary: '不掉色' })
  const block = page.locator('section.block', { has: page.getByRole('heading', { name: '回访' }) })
  await block.getByText('售后满意度回访').waitFor()
  const planned = (await api(page, `/revisits?case_id=${opened.case_id}`)).items
  assert.equal(planned.length, 1)
  assert.equal(planned[0].state, 'planned')
  await block.getByRole('button').first().click()
  await page.locator('aside.panel').getByText('工单关闭后 3 天').waitFor()
  assert.match(page.url(), new RegExp(`id=${planned[0].id}`))
  await page.context().close()
  house.quiet()
})

test('a due call is taken by keys and ends with its result; one on hold does not', async () => {
  const page = await house.signIn({ path: '/revisits' })
  const due = (await api(page, '/revisits?state=due')).items
  assert.ok(due.length >= 2)
  await page.locator(`tr[data-revisit="${due[0].id}"]`).click()
  const panel = page.locator('aside.panel')
  await panel.getByText('您好，我是朴物生活的客服').waitFor()
  // What is typed waits while another row is looked at
  await page.keyboard.press('1')
  await page.keyboard.type('白天不方便')
  await page.locator(`tr[data-revisit="${due[1].id}"]`).click()
  await panel.locator('[data-result]').first().waitFor()
  assert.equal(await panel.locator('#revisit-note').count(), 0)
  await page.locator(`tr[data-revisit="${due[0].id}"]`).click()
  await page.waitForFunction(() => document.querySelector('#revisit-note')?.value === '白天不方便')
  await page.keyboard.press('m')
  await page.waitForFunction(() => document.activeElement?.id === 'revisit-move')
  await panel.getByRole('button', { name: '取消' }).click()
  await page.locator('h1').click()
  await panel.getByText(/199\*{4}\d{4}/).waitFor()
  await page.keyboard.press('1')
  await panel.locator('[data-result=reached][aria-pressed=true]').waitFor()
  await panel.locator('#revisit-note').fill('洗过两次，没问题。')
  await panel.locator('[data-act=send]').click()
  await page.locator(`tr[data-revisit="${due[0].id}"]`).waitFor({ state: 'detached' })
  const done = await api(page, `/revisits/${due[0].id}`)
  assert.equal(done.item.state, 'done')
  assert.equal(done.item.result, 'reached')
  assert.equal(done.item.note, '洗过两次，没问题。')

  // Agreed to call again: the next one is there
  await page.goto(`${house.base}/revisits?id=${due[1].id}`)
  await panel.locator('[data-result=call_back]').click()
  await panel.locator('#revisit-time').waitFor()
  await panel.locator('[data-act=send]').click()
  await page.locator(`tr[data-revisit="${due[1].id}"]`).waitFor({ state: 'detached' })
  const planned = (await api(page, '/revisits?state=planned')).items
  assert.ok(planned.some((one) => one.parent_id === due[1].id))

  await page.getByRole('button', { name: /暂缓/ }).first().click()
  await page.locator('tr.go').first().click()
  await panel.getByText('还没关闭，回访暂缓').waitFor()
  assert.equal(await panel.locator('[data-result]').count(), 0)
  await page.context().close()
  house.quiet()
})

test('the month knows the Spring Festival, days off and make-up days, by keyboard too', async () => {
  const page = await house.signIn({ path: '/revisits?mode=month&month=2027-02&day=2027-02-05' })
  const cell = (day) => page.locator(`[data-day="${day}"]`)
  await cell('2027-02-06').getByText('春节').waitFor()
  await cell('2027-02-06').getByText('正月初一').waitFor()
  await cell('2027-02-04').getByText('立春').waitFor()
  await page.getByText('2027 年的放假安排还没有公布或导入').waitFor()
  await cell('2027-02-05').focus()
  await page.keyboard.press('ArrowRight')
  await page.waitForURL(/day=2027-02-06/)
  // Over the grid's edge the focus comes along, and 今天 brings both the month and the day
  await cell('2027-02-28').click()
  await page.keyboard.press('ArrowDown')
  await page.waitForURL(/month=2027-03.*day=2027-03-07|day=2027-03-07.*month=2027-03/)
  await page.waitForFunction(() => document.activeElement?.dataset.day === '2027-03-07')
  await page.getByRole('button', { name: '今天' }).click()
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now())
  await page.locator(`[data-day="${today}"][aria-pressed=true]`).waitFor()
  await page.goto(`${house.base}/revisits?mode=month&month=2026-10`)
  await cell('2026-10-01').locator('.mark.off', { hasText: '休' }).waitFor()
  await cell('2026-10-10').locator('.mark.work', { hasText: '班' }).waitFor()
  assert.equal(await cell('2026-10-09').locator('.mark').count(), 0)
  await page.context().close()
  house.quiet()
})

test('a plan says its next dates before it is kept, and greets the tagged customers', async () => {
  const page = await house.signIn({ path: '/revisits/plans' })
  await page.locator('tr', { hasText: '春节问候' }).getByText('春节前 3 天').waitFor()
  await page.getByRole('button', { name: '新建计划' }).click()
  const dialog = page.locator('.el-dialog')
  await dialog.locator('#plan-title').fill('春节拜年')
  await dialog.getByRole('radio', { name: '节日前后' }).click()
  await dialog.locator('#plan-tag').fill('老客户')
  await dialog.getByText(/\d+ 位客户有这个标签/).waitFor()
  const date = (at, offset) => new Date(at + offset * 86_400_000).toISOString().slice(0, 10)
  const days = (await api(page, `/calendar?from=${date(Date.now(), 3)}&to=${date(Date.now(), 393)}`)).items
  const newYear = days.find((one) => one.lunar_month === 1 && one.lunar_day === 1 && !one.lunar_leap).date
  await dialog.getByText(date(Date.parse(newYear), -3)).waitFor()
  await dialog.locator('[data-act=send]').click()
  await dialog.waitFor({ state: 'hidden' })
  await page.locator('tr', { hasText: '春节拜年' }).waitFor()
  const plan = (await api(page, '/revisit_plans')).items.find((one) => one.terms.title === '春节拜年')
  assert.equal(plan.terms.offset_days, -3)
  await page.locator('tr', { hasText: '春节拜年' }).getByRole('button', { name: '停用' }).click()
  await page.locator('tr', { hasText: '春节拜年' }).getByRole('button', { name: '启用' }).waitFor()
  await page.context().close()
  house.quiet()
})

test('days off of a new year come in as a file', async () => {
  house.addAdmin('chief', 'a good password')
  const page = await house.signIn({ login: 'chief', password: 'a good password', path: '/admin/calendar' })
  await page.getByText('国庆节').first().waitFor()
  const file = { year: 2027, papers: ['https://example.org/2027'], days: [{ name: '元旦', date: '2027-01-01', isOffDay: true }, { name: '元旦', date: '2027-01-09', isOffDay: false }] }
  await page.locator('input[type=file]').setInputFiles({ name: '2027.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) })
  await page.locator('tr', { hasText: '元旦' }).getByText('01-09').waitFor()
  assert.equal((await api(page, '/calendar?from=2027-01-09&to=2027-01-09')).items[0].works, true)
  await page.locator('input[type=file]').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{') })
  await page.getByText('这不是 JSON 文件').waitFor()
  await page.context().close()
  house.quiet()
})
