// Keys on every page: g and a letter goes, ? tells all of them, and none fires while an input method composes.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

const places = { h: '/', c: '/cases', b: '/returns', o: '/orders', u: '/customers', r: '/refunds', v: '/revisits', p: '/admin/connectors', j: '/handover' }

test('g and a letter goes to each place, and the help tells it', async () => {
  const page = await house.signIn()
  for (const [letter, path] of Object.entries(places)) {
    await page.locator('h1').first().waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press(letter)
    await page.waitForURL((url) => url.pathname === path)
  }
  await page.locator('h1').first().waitFor()
  await page.keyboard.press('?')
  const help = page.locator('.el-dialog')
  await help.waitFor()
  const told = await help.locator('.spread').allInnerTexts()
  for (const letter of Object.keys(places)) assert.ok(told.some((line) => /\ng\s*\n?\s*/.test(line) && line.trim().endsWith(letter)), `g ${letter} is not told:\n${told.join('\n--\n')}`)
  house.quiet()
})

test('nothing fires on any page while an input method composes', async () => {
  const page = await house.signIn()
  const cases = (await api(page, '/cases?limit=200')).items
  const paths = [...Object.values(places), `/cases/${cases[0].id}`, `/orders/${cases.find((row) => row.order_id).order_id}`, `/customers/${cases[0].customer_id}`, '/cases/new', '/admin/staff', '/admin/policies']
  for (const path of paths) {
    await page.goto(house.base + path)
    await page.locator('h1').first().waitFor()
    await page.waitForTimeout(300)
    const state = () => page.evaluate(() => JSON.stringify([location.href, document.querySelectorAll('.el-overlay, aside.peek, tr.selected').length, document.querySelector('tr.focused')?.rowIndex, document.activeElement?.tagName]))
    const before = await state()
    await page.evaluate(() => {
      const keys = [...'abcdefghijklmnopqrstuvwxyz12345678?/.[]', ' ', 'X', 'Enter', 'Escape', 'ArrowDown', 'ArrowUp']
      for (const key of keys) {
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true }))
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, keyCode: 229, bubbles: true, cancelable: true }))
      }
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, isComposing: true, bubbles: true, cancelable: true }))
    })
    await page.waitForTimeout(150)
    assert.equal(await state(), before, path)
  }
  // In the palette Enter of an input method takes a word, not a line
  await page.goto(house.base)
  await page.locator('h1').first().waitFor()
  await page.keyboard.press('Control+k')
  const input = page.locator('.palette input')
  await input.fill('工单')
  await page.getByRole('option').first().waitFor()
  await input.evaluate((field) => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true })))
  await page.waitForTimeout(150)
  assert.ok(await input.isVisible())
  house.quiet()
})

test('keys of one letter can be turned off, and stay off', async () => {
  const page = await house.signIn({ path: '/cases' })
  const focused = () => page.locator('tr.focused').evaluate((row) => row.sectionRowIndex)
  const choose = async (name) => {
    await page.locator('button.user').click()
    await page.getByRole('menuitem', { name }).click()
    await page.getByRole('menuitem', { name }).waitFor({ state: 'hidden' })
  }
  await page.locator('table tbody tr').nth(3).waitFor()
  await choose('关闭单键快捷键')
  await page.reload()
  await page.locator('table tbody tr').nth(3).waitFor()
  for (const key of ['j', 'x', '?', '/']) await page.keyboard.press(key)
  assert.equal(await focused(), 0)
  assert.equal(await page.locator('tr.selected, .el-dialog:visible').count(), 0)
  await page.keyboard.press('ArrowDown')
  assert.equal(await focused(), 1)
  await choose('打开单键快捷键')
  await page.keyboard.press('j')
  assert.equal(await focused(), 2)
  house.quiet()
})

/** A page that counts the keys it is given. */
async function typing(options) {
  const page = await house.signIn(options)
  let pressed = 0
  return { page, count: () => pressed, press: (key) => (pressed++, page.keyboard.press(key)) }
}

test('a plain return is approved from the queue with three keys, and the keyboard is at the next row', async () => {
  const { page, press, count } = await typing({ path: '/cases?header=requested&kind=return_refund' })
  const rows = page.locator('table tbody tr')
  await rows.nth(1).waitFor()
  const number = (at) => rows.nth(at).locator('td').nth(1).innerText()
  const [first, second] = [await number(0), await number(1)]
  await press('s')
  await page.locator('[role=menu] [role=menuitem]:focus', { hasText: '同意退货' }).waitFor()
  await press('Enter')
  await page.locator('.el-dialog [data-act=send]:focus', { hasText: '同意退货' }).waitFor()
  await press('Enter')
  await page.locator('tr', { hasText: first }).waitFor({ state: 'hidden' })
  assert.equal(count(), 3)
  await page.locator('tr.focused:focus', { hasText: second }).waitFor()
  const row = (await api(page, `/cases?q=${encodeURIComponent(first.slice(1))}`)).items[0]
  assert.equal(row.header, 'awaiting_goods')

  // A key that is held down does not approve: the menu opens the dialog, and there it waits
  await press('s')
  await page.locator('[role=menuitem]:focus').waitFor()
  await page.keyboard.down('Enter')
  await page.locator('.el-dialog [data-act=send]:focus').waitFor()
  for (let i = 0; i < 5; i++) await page.keyboard.down('Enter')
  await page.waitForTimeout(300)
  await page.keyboard.up('Enter')
  assert.ok(await page.locator('.el-dialog [data-act=send]').isVisible())
  assert.equal((await api(page, `/cases?q=${encodeURIComponent(second.slice(1))}`)).items[0].header, 'requested')
  await press('Escape')
  await page.locator('tr.focused:focus', { hasText: second }).waitFor()
  house.quiet()
})

test('the acts of a case: illegal ones are reached and say why; what is written is recorded and the next case opens', async () => {
  const { page, press } = await typing({ path: '/cases?header=requested&kind=return_refund' })
  await page.locator('table tbody tr').nth(1).waitFor()
  await press('.')
  await page.getByText(/已复制/).waitFor()
  await press('Enter')
  await page.locator('header h1').waitFor()
  const first = page.url()
  await press('s')
  await page.locator('[role=menuitem]:focus').waitFor()
  await press('End')
  const last = page.locator('[role=menuitem]:focus')
  assert.equal(await last.getAttribute('aria-disabled'), 'true')
  assert.match(await last.innerText(), /。/)
  await press('Enter')
  assert.equal(await page.locator('.el-dialog:visible').count(), 0)
  await press('Escape')
  await page.locator('.choose').waitFor({ state: 'hidden' })
  await press('n')
  await page.locator('.composer textarea:focus').waitFor()
  await page.keyboard.type('记一笔，下一件')
  await press('Control+Shift+Enter')
  await page.waitForURL((url) => url.href !== first && /\/cases\/[0-9A-Z]+$/.test(url.pathname))
  const { items } = await api(page, `/cases/${first.split('/').at(-1)}/events`)
  assert.ok(items.some((event) => event.note === '记一笔，下一件'))
  house.quiet()
})

test('a key is put on another one: it works there, the help and the hints say so, another person keeps the usual ones', async () => {
  const { page, press } = await typing({ path: '/cases' })
  const focused = () => page.locator('tr.focused').evaluate((row) => row.sectionRowIndex)
  await page.locator('table tbody tr').nth(3).waitFor()
  await page.locator('button.user').click()
  await page.getByRole('menuitem', { name: '改快捷键' }).click()
  await page.locator('.el-dialog input.key').first().waitFor()
  await page.locator('.el-dialog').getByLabel(/^下一行/).focus()
  await press('n')
  await page.getByText('n 原来另有用处，现在换到 j。').waitFor()
  await press('7')
  await page.getByText('数字和空格另有用处').waitFor()
  await press('Escape')
  await page.locator('.el-dialog').waitFor({ state: 'hidden' })
  await page.reload()
  await page.locator('table tbody tr').nth(3).waitFor()
  await press('j')
  assert.equal(await focused(), 0)
  await press('n')
  assert.equal(await focused(), 1)
  assert.match(await page.locator('.page-head .keys').innerText(), /^n\s*k/)
  await press('?')
  const told = (await page.locator('.el-dialog .spread').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '))
  assert.ok(told.includes('下一行 n') && told.includes('写内部备注 j'), told.join('\n'))
  await press('Escape')
  await page.locator('.el-dialog').waitFor({ state: 'hidden' })

  await page.locator('button.user').click()
  await page.getByRole('menuitem', { name: '退出' }).click()
  await page.fill('input[name=username]', 'linke')
  await page.fill('input[name=password]', house.demo.password)
  await page.click('button[type=submit]')
  await page.waitForSelector('nav.rail')
  await page.goto(`${house.base}/cases`)
  await page.locator('table tbody tr').nth(3).waitFor()
  await press('j')
  assert.equal(await focused(), 1)
  house.quiet()
})
