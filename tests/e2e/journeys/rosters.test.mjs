// A lead plans who is on duty, next week and today, and the page says who is.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { api, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

const texts = JSON.parse(readFileSync(new URL('../../../schema/text/zh-CN.json', import.meta.url), 'utf8'))
const save = (page) => page.getByRole('button', { name: texts['ui.hours.save'] })
const saved = (page) => page.locator('.el-message, .toast', { hasText: texts['ui.roster.saved'] }).first().waitFor()

test('a lead edits next week; a shift that cannot be read is not saved, one that can is there again, a day on which nobody of service comes is marked, and who is on duty changes', async () => {
  const page = await house.signIn({ login: 'zhoumin', password: house.demo.password, path: '/admin/rosters' })
  const row = () => page.locator('.tbl tbody tr').first()
  await row().waitFor()
  const name = (await row().locator('th').innerText()).trim()
  const shop = (await api(page, '/session')).shops[0]

  await page.getByRole('button', { name: texts['ui.roster.after'] }).click()
  await page.waitForURL(/week=/)
  const next = page.url()
  const tuesday = row().locator('input').nth(1)
  await tuesday.fill('9-25 x')
  assert.equal(await tuesday.getAttribute('aria-invalid'), 'true')
  assert.ok(await save(page).isDisabled())
  assert.equal(await page.locator('.fault').innerText(), texts['ui.roster.bad.late'])
  await page.locator('[data-part=bad]', { hasText: texts['ui.roster.bad_n_one'].replace('{n}', 1) }).waitFor()
  await tuesday.fill('14:00-22:00')
  const cells = page.locator('.tbl tbody tr')
  const service = cells.filter({ hasText: texts['word.department.service'] })
  const wednesday = page.locator('.tbl thead th').nth(4).locator('[data-part=uncovered]')
  assert.equal(await wednesday.count(), 0)
  for (let i = 0; i < await service.count(); i++) await service.nth(i).locator('input').nth(2).fill('')
  await wednesday.waitFor()
  assert.equal(await page.locator('.tbl thead th').nth(3).locator('[data-part=uncovered]').count(), 0)
  await save(page).click()
  await saved(page)
  await page.goto(next)
  await row().waitFor()
  assert.equal(await tuesday.inputValue(), '14:00-22:00')
  assert.equal(await row().locator('input').nth(2).inputValue(), '')

  // today: nobody at all, then somebody of the warehouse, who answers no customer, then this person around the clock
  await page.goto(`${house.base}/admin/rosters`)
  await row().waitFor()
  const today = (new Date(Date.now() + 8 * 3_600_000).getUTCDay() + 6) % 7
  for (let i = 0; i < await cells.count(); i++) for (const day of today ? [today - 1, today] : [today]) await cells.nth(i).locator('input').nth(day).fill('')
  await save(page).click()
  await page.getByText(texts['ui.roster.nobody']).waitFor()
  await cells.filter({ hasText: texts['word.department.warehouse'] }).first().locator('input').nth(today).fill('00:00-24:00')
  await save(page).click()
  await save(page).waitFor({ state: 'detached' })
  await page.getByText(texts['ui.roster.nobody']).waitFor()
  await row().locator('input').nth(today).fill('00:00-24:00')
  await save(page).click()
  await page.getByText(texts['ui.roster.now'].replace('{names}', name)).waitFor()
  const from = Date.now() - 48 * 3_600_000
  const { items } = await api(page, `/shops/${shop.id}/roster?from=${from}&to=${Date.now() + 14 * 24 * 3_600_000}`)
  assert.deepEqual(items.filter((one) => one.team === 'service' && one.from_at <= Date.now() && Date.now() < one.to_at).map((one) => one.staff_name), [name])
  house.quiet()
})
