// Keys on every page: g and a letter goes, ? tells all of them, and none fires while an input method composes.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

const places = { h: '/', c: '/cases', o: '/orders', u: '/customers', r: '/refunds', v: '/revisits', p: '/admin/connectors' }

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
