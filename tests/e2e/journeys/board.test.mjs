// The returns board: walked and worked by keys alone, and by dragging; a move is an act, and nothing moves before the service says so.
import { AxeBuilder } from '@axe-core/playwright'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, post, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

const column = (page, key) => page.locator(`section[data-column=${key}]`)
const faces = (page, key) => column(page, key).locator('.face')
const focusedIn = (page) => page.evaluate(() => document.activeElement?.closest('[data-column]')?.dataset.column)
const counted = async (page, key) => Number.parseInt(await column(page, key).locator('h2 b').innerText(), 10)
async function openBoard(options = {}) {
  const page = await house.signIn({ path: '/returns', ...options })
  await page.locator('.face').first().waitFor()
  return page
}
const listed = async (page, query) => (await api(page, `/cases?unfinished=true&limit=200&${query}`)).items
const sum = (rows) => `¥${(rows.reduce((all, row) => all + row.amount_minor, 0) / 100).toLocaleString('en', { minimumFractionDigits: 2 })}`

test('each column counts and adds up what the service lists, and the URL narrows it', async () => {
  const page = await openBoard()
  for (const key of ['awaiting_goods', 'in_transit', 'disputed', 'rejected']) {
    const rows = await listed(page, `header=${key}`)
    assert.equal(await counted(page, key), rows.length, key)
    assert.equal(await faces(page, key).count(), rows.length, key)
    const said = await column(page, key).locator('.top .t2').innerText()
    assert.equal(said, rows.some((row) => row.amount_minor) ? sum(rows) : '—', key)
  }
  const goods = ['return_refund', 'refund_only', 'exchange', 'repair', 'reissue']
  const asked = async (more = '') => (await Promise.all(goods.map((kind) => listed(page, `header=requested&kind=${kind}${more}`)))).flat()
  const waiting = async (more = '') => (await Promise.all(['need_info', 'verifying'].map((header) => listed(page, `header=${header}${more}`)))).flat()
  const deciding = [...(await asked()), ...(await waiting())]
  assert.equal(await counted(page, 'requested'), deciding.length, 'cases without goods stay out')
  const late = (await listed(page, 'header=refund_failed'))[0]
  assert.match(await page.locator(`.card.over:has([data-case="${late.id}"])`).innerText(), /超 \d+ /)

  await page.getByRole('button', { name: '负责人' }).click()
  await page.getByRole('menuitem', { name: '未分配' }).click()
  await page.waitForURL((url) => url.searchParams.get('owner') === 'none')
  const free = [...(await asked('&owner=none')), ...(await waiting('&owner=none'))]
  await page.waitForFunction((n) => document.querySelectorAll('[data-column=requested] .face').length === n, free.length)
  await page.reload()
  await page.waitForFunction((n) => document.querySelectorAll('[data-column=requested] .face').length === n, free.length)
  await page.getByRole('link', { name: '列表' }).click()
  await page.waitForURL((url) => url.pathname === '/cases' && url.searchParams.get('owner') === 'none' && url.searchParams.get('goods') === '1')
  const unowned = (await Promise.all(goods.map((kind) => listed(page, `owner=none&kind=${kind}`)))).flat().map((row) => `#${row.number}`).sort()
  await page.waitForFunction((n) => document.querySelectorAll('table tbody tr').length === n, unowned.length)
  assert.deepEqual((await page.locator('table tbody tr td:nth-child(2)').allInnerTexts()).sort(), unowned, 'the list holds what the board holds')
  await page.getByRole('link', { name: '看板' }).click()
  await page.waitForURL((url) => url.pathname === '/returns' && url.searchParams.get('owner') === 'none')
  house.quiet()
})

test('keys alone walk the board and approve: legal columns first, then the others with the reason', async () => {
  const page = await openBoard()
  const press = (key) => page.keyboard.press(key)
  assert.equal(await focusedIn(page), 'requested')
  await press('j')
  await press('ArrowDown')
  await press('k')
  assert.equal(await page.evaluate(() => [...document.querySelectorAll('[data-column=requested] .face')].indexOf(document.activeElement)), 1)
  await press('l')
  assert.equal(await focusedIn(page), 'awaiting_goods')
  await press('ArrowRight')
  assert.equal(await focusedIn(page), 'in_transit')
  await press('h')
  await press('ArrowLeft')
  assert.equal(await focusedIn(page), 'requested')
  await press(' ')
  await page.locator('aside.peek h2').waitFor()
  await press('Escape')
  await page.locator('aside.peek').waitFor({ state: 'hidden' })

  const [before, there] = [await counted(page, 'requested'), await counted(page, 'awaiting_goods')]
  const plain = (await listed(page, 'header=requested&kind=return_refund'))[0]
  const at = () => page.evaluate(() => document.activeElement.dataset.case)
  await press('k') // the first card: the walk stood on the second
  for (let i = 0; i < before && (await at()) !== plain.id; i++) await press('j')
  assert.equal(await at(), plain.id)
  await press('m')
  await page.locator('.choose [role=menuitem]:focus').waitFor()
  const lines = await page.locator('.choose [role=menuitem]').evaluateAll((all) => all.map((one) => [one.dataset.choice.split(' ')[0], one.getAttribute('aria-disabled'), one.innerText]))
  assert.deepEqual(lines.filter(([, shut]) => !shut).map(([key]) => key), ['awaiting_goods', 'rejected'])
  assert.equal(lines.findIndex(([, shut]) => shut), 2)
  for (const [, shut, said] of lines) if (shut) assert.match(said, /。$/)
  await press('End') // what cannot be chosen is reached, says why, and does nothing
  await press('Enter')
  assert.equal(await page.locator('.el-dialog:visible').count(), 0)
  await press('Home')
  await press('Enter')
  await page.locator('.el-dialog [data-act=send]:focus').waitFor()
  assert.equal(await counted(page, 'requested'), before, 'nothing moves before the service says so')
  await press('Enter')
  await column(page, 'awaiting_goods').locator(`[data-case="${plain.id}"]`).waitFor()
  assert.deepEqual([await counted(page, 'requested'), await counted(page, 'awaiting_goods')], [before - 1, there + 1])
  assert.equal((await api(page, `/cases/${plain.id}`)).case.header, 'awaiting_goods')
  await page.locator('.el-dialog').waitFor({ state: 'hidden' })
  await page.waitForFunction(() => document.activeElement?.closest('[data-column=requested]'), undefined, { timeout: 5000 })

  // Into the case and through the column, and back to where one was
  await press('Enter')
  await page.locator('header h1').waitFor()
  await press(']')
  await page.waitForTimeout(300)
  const now = page.url().split('/').at(-1)
  await page.getByRole('link', { name: '返回列表' }).click()
  await page.locator(`.face[data-case="${now}"]:focus`).waitFor()
  house.quiet()
})

test('an act that asks something is asked on the board: a parcel is recorded by keys', async () => {
  const page = await openBoard()
  const row = (await listed(page, 'header=awaiting_goods'))[0]
  await page.locator(`.face[data-case="${row.id}"]`).focus()
  await page.keyboard.press('m')
  await page.locator('.choose [data-choice^="in_transit ship_back"]:focus').waitFor()
  await page.keyboard.press('Enter')
  await page.locator('#act-carrier:focus').waitFor()
  await page.keyboard.type('顺丰')
  await page.keyboard.press('Tab')
  await page.keyboard.type('SF900100200')
  await page.keyboard.press('Enter')
  await column(page, 'in_transit').locator(`[data-case="${row.id}"]`).waitFor()
  house.quiet()
})

test('a card is dragged: its columns say what would happen, a shut one says why and nothing moves', async () => {
  const page = await openBoard()
  const row = (await listed(page, 'header=requested&kind=return_refund')).at(-1)
  const card = page.locator(`.card:has([data-case="${row.id}"])`)
  await card.scrollIntoViewIfNeeded()
  const from = await card.boundingBox()
  const into = async (key) => {
    const to = await page.locator(`[data-column=${key}]`).boundingBox()
    await page.mouse.move(from.x + 60, from.y + 12)
    await page.mouse.down()
    await page.mouse.move(from.x + 80, from.y + 30, { steps: 4 })
    await page.mouse.move(to.x + 60, to.y + 120, { steps: 6 })
  }
  await into('inspected')
  await column(page, 'inspected').locator('.verdict').waitFor()
  assert.match(await column(page, 'inspected').locator('.verdict').innerText(), /。$/)
  assert.match(await column(page, 'awaiting_goods').locator('.verdict').innerText(), /^同意退货 ¥/)
  await page.mouse.up()
  await page.locator('.choose [role=menuitem][aria-disabled]:focus').waitFor()
  assert.equal(await page.locator('.choose [role=menuitem]').count(), 1)
  await page.keyboard.press('Escape')
  await page.locator(`.face[data-case="${row.id}"]:focus`).waitFor()
  await into('awaiting_goods')
  await column(page, 'awaiting_goods').locator('.verdict').waitFor()
  await page.mouse.up()
  await page.locator('.el-dialog [data-act=send]:focus', { hasText: '同意退货' }).waitFor()
  assert.ok(await column(page, 'requested').locator(`[data-case="${row.id}"]`).isVisible())
  await page.keyboard.press('Enter')
  await column(page, 'awaiting_goods').locator(`[data-case="${row.id}"]`).waitFor()
  house.quiet()
})

test('somebody else’s act moves the card by itself, and the keyboard stays on the board', async () => {
  const page = await openBoard()
  const [row] = await listed(page, 'header=requested&kind=return_refund')
  await page.locator(`.face[data-case="${row.id}"]`).focus()
  const other = await house.signIn({ login: 'linke' })
  const { operations } = await api(other, `/cases/${row.id}`)
  await post(other, `/cases/${row.id}/operations/${operations.at(-1).id}/reject`, { code: 'other' })
  await column(page, 'rejected').locator(`[data-case="${row.id}"]`).waitFor()
  await page.waitForFunction(() => document.activeElement?.closest('[data-column=requested]'))
  house.quiet()
})

test('a refund that came through today is counted in the thin column, and leads to the list of what is settled', async () => {
  const page = await openBoard()
  const settled = page.locator('a[data-column=settled]')
  const before = Number(await settled.locator('b').innerText())
  const [row] = await listed(page, 'header=refund_unknown')
  await page.locator(`.face[data-case="${row.id}"]`).focus()
  await page.keyboard.press('m')
  await page.locator('.choose [data-choice^="settled refund_result"]:focus').waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('radio', { name: '退款已到账' }).click()
  await page.locator('.el-dialog [data-act=send]').click()
  await page.locator(`.face[data-case="${row.id}"]`).waitFor({ state: 'hidden' })
  assert.equal(Number(await settled.locator('b').innerText()), before + 1)
  await settled.click()
  await page.waitForURL((url) => url.searchParams.get('header') === 'settled')
  await page.locator('tr', { hasText: `#${row.number}` }).waitFor()
  house.quiet()
})

test('without keys of one letter everything is still there', async () => {
  const page = await openBoard()
  await page.evaluate(() => localStorage.setItem('aftercare.letters', 'off'))
  await page.reload()
  await page.locator('.face:focus').waitFor()
  await page.keyboard.press('m')
  assert.equal(await page.locator('.choose').count(), 0)
  await page.keyboard.press('Tab') // the menu has a button at the card
  await page.locator('.card .more:focus').waitFor()
  await page.keyboard.press('Enter')
  await page.locator('.choose [role=menuitem]:focus').waitFor()
  await page.keyboard.press('Escape')
  await page.evaluate(() => localStorage.setItem('aftercare.letters', 'on'))
  house.quiet()
})

for (const [locale, theme] of [['zh-CN', 'light'], ['en-US', 'dark']])
  test(`axe finds nothing on the board, its menu, its peek and the keys, ${locale} ${theme}`, async () => {
    const page = await openBoard({ locale, theme })
    async function check(name) {
      await page.waitForTimeout(250)
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
      const serious = violations.filter((one) => one.impact === 'serious' || one.impact === 'critical')
      assert.deepEqual(serious.map((one) => `${name}: ${one.id} ${one.nodes[0].html.slice(0, 200)}`), [])
    }
    await check('board')
    await page.keyboard.press('m')
    await page.locator('.choose [role=menuitem]:focus').waitFor()
    await check('menu')
    await page.keyboard.press('Escape')
    await page.locator('.choose').waitFor({ state: 'hidden' })
    await page.keyboard.press(' ')
    await page.locator('aside.peek h2').waitFor()
    await check('peek')
    await page.keyboard.press('Escape')
    await page.locator('button.user').click()
    await page.getByRole('menuitem', { name: /改快捷键|Change shortcuts/ }).click()
    await page.locator('.el-dialog input.key').first().waitFor()
    await check('keys')
    await page.keyboard.press('Escape')
    await page.locator('.el-dialog').waitFor({ state: 'hidden' })
    await page.keyboard.press('?')
    await page.locator('.el-dialog .groups').waitFor()
    await check('help')
    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: 1024, height: 800 })
    await page.locator('.el-dialog').waitFor({ state: 'hidden' })
    await check('1024')
    house.quiet()
  })
