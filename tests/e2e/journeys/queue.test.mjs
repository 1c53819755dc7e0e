import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

test('the queue is walked by keys alone', async () => {
  const page = await house.signIn({ path: '/cases' })
  const rows = page.locator('table tbody tr')
  await rows.nth(3).waitFor()
  const focused = () => page.locator('tr.focused').evaluate((row) => [...row.parentElement.children].indexOf(row))
  assert.equal(await focused(), 0)
  for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key)
  assert.equal(await focused(), 2)
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+X')
  assert.equal(await page.locator('tr.selected').count(), 3)
  await page.getByText('已选 3 件').waitFor()
  await page.keyboard.press('Escape')
  assert.equal(await page.locator('tr.selected').count(), 0)
  await page.keyboard.press(' ')
  await page.locator('aside.peek h2').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('aside.peek').waitFor({ state: 'hidden' })
  const number = await page.locator('tr.focused td').nth(1).innerText()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/cases\/[0-9A-Z]+$/)
  await page.locator('header', { hasText: number }).first().waitFor()
  await page.keyboard.press(']')
  await page.locator('header', { hasText: number }).first().waitFor({ state: 'hidden' })
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await page.waitForURL('**/orders')
  house.quiet()
})

test('keys are text while somebody types or an input method composes', async () => {
  const page = await house.signIn({ path: '/cases' })
  await page.locator('table tbody tr').nth(2).waitFor()
  await page.locator('.filters input').fill('')
  await page.locator('.filters input').press('j')
  assert.equal(await page.locator('.filters input').inputValue(), 'j')
  await page.locator('.filters input').fill('')
  await page.locator('h1').click()
  await page.evaluate(() => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', isComposing: true })))
  assert.equal(await page.locator('tr.focused').evaluate((row) => [...row.parentElement.children].indexOf(row)), 0)
  house.quiet()
})

test('filters live in the URL; the palette finds a case, an order, a place', async () => {
  const page = await house.signIn({ path: '/cases?view=to_act&header=requested' })
  await page.locator('table tbody tr').first().waitFor()
  for (const text of await page.locator('table tbody td:nth-child(5)').allInnerTexts()) assert.equal(text.trim(), '待审核')
  await page.getByRole('button', { name: '去掉筛选 状态' }).click()
  await page.waitForURL((url) => !url.search.includes('header'))

  const row = (await api(page, '/cases?limit=1')).items[0]
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill(`#${row.number}`)
  await page.getByRole('option', { name: new RegExp(row.number) }).first().waitFor()
  await page.getByRole('combobox').fill('ljq')
  await page.getByRole('option', { name: '连接器' }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/admin/connectors')
  house.quiet()
})

test('somebody else’s change arrives by itself: rows change in place, a new case waits behind the pill', async () => {
  const page = await house.signIn({ path: '/cases' })
  await page.locator('table tbody tr').first().waitFor()
  const before = await page.locator('table tbody tr').count()
  const other = await house.signIn({ login: 'linke' })
  await other.evaluate(async () => {
    const session = await (await fetch('/api/v1/session')).json()
    const reply = await fetch('/api/v1/cases', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': session.csrf_token, 'Idempotency-Key': crypto.randomUUID() },
      body: JSON.stringify({ shop_id: session.shops[0].id, kind: 'consultation', channel: 'chat', topic: '能寄到国外吗' }),
    })
    if (!reply.ok) throw new Error(await reply.text())
  })
  await page.getByText('1 条新工单').waitFor()
  assert.equal(await page.locator('table tbody tr').count(), before)
  await page.getByText('1 条新工单').click()
  await page.locator('tbody tr', { hasText: '能寄到国外吗' }).waitFor()
  house.quiet()
})

test('a view is saved with its filter, counted, shared by its address, changed and deleted', async () => {
  const page = await house.signIn({ path: '/cases' })
  await page.locator('table tbody tr').first().waitFor()
  await page.getByRole('button', { name: '状态' }).first().click()
  await page.getByRole('menuitem', { name: '待审核' }).click()
  await page.waitForURL((url) => url.search.includes('header=requested'))
  const expected = (await api(page, '/cases?unfinished=true&header=requested&limit=200')).items.length
  await page.getByRole('button', { name: '存为视图' }).click()
  await page.locator('.el-dialog button[type=submit]').click()
  await page.locator('.el-dialog .err').waitFor()
  await page.locator('#view-name').fill('要我拍板')
  await page.locator('.el-dialog button[type=submit]').click()
  const tab = page.locator('a.tab', { hasText: '要我拍板' })
  await tab.waitFor()
  await page.waitForURL((url) => url.search.includes('saved='))
  assert.equal(await tab.locator('.count').innerText(), String(expected))
  assert.equal(await page.locator('table tbody tr').count(), expected)
  const address = page.url()

  // Somebody else does not have the view; its address shows the same question
  const other = await house.signIn({ login: 'zhoumin' })
  await other.goto(address)
  await other.locator('table tbody tr').first().waitFor()
  assert.equal(await other.locator('table tbody tr').count(), expected)
  assert.equal(await other.locator('a.tab', { hasText: '要我拍板' }).count(), 0)

  await page.getByRole('button', { name: '要我拍板' }).click()
  await page.getByRole('menuitem', { name: '改名或共享' }).click()
  await page.locator('#view-name').fill('等拍板')
  await page.getByRole('radio', { name: /的所有人/ }).click()
  await page.locator('.el-dialog button[type=submit]').click()
  await page.locator('a.tab', { hasText: '等拍板' }).waitFor()
  await other.reload()
  await other.locator('a.tab', { hasText: '等拍板' }).waitFor()

  await page.getByRole('button', { name: '负责人' }).first().click()
  await page.getByRole('menuitem', { name: '未分配' }).click()
  await page.getByRole('button', { name: '更新“等拍板”' }).click()
  await page.getByRole('button', { name: '更新“等拍板”' }).waitFor({ state: 'hidden' })
  const kept = (await api(page, '/views')).items[0]
  assert.deepEqual([kept.filter.owner, kept.filter.header, kept.filter.unfinished], ['none', 'requested', true])

  await page.getByRole('button', { name: '等拍板' }).first().click()
  await page.getByRole('menuitem', { name: '删除视图' }).click()
  await page.locator('a.tab', { hasText: '等拍板' }).waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: '撤销' }).click()
  await page.locator('a.tab', { hasText: '等拍板' }).waitFor()
  house.quiet()
})

test('a case is found by the beginning of its number and by its parcel', async () => {
  const page = await house.signIn({ path: '/cases?q=200' })
  await page.locator('table tbody tr').nth(5).waitFor()
  await page.locator('.filters input').fill('SF14290')
  await page.locator('.filters input').press('Enter')
  await page.waitForURL((url) => url.search.includes('SF14290'))
  await page.locator('table tbody tr').nth(2).waitFor()
  house.quiet()
})
