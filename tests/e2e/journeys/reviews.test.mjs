// The daily watch over what buyers write: a bad one becomes a case, a good one gets its answer, an empty one is set aside and taken back.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { texts } from '../desk.mjs'
import { api, post, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

const row = (page, number) => page.locator(`tr[data-review="${number}"]`)

async function written(page, number, rating, body, written_at = Date.now() - 60_000) {
  const { shops } = await api(page, '/session')
  const order = (await api(page, '/orders?limit=200')).items.find((one) => one.case_count === 0 && one.delivered_at)
  await post(page, '/reviews', { shop_id: shops[0].id, number, order_number: order.number, rating, body, product: 'Cup', written_at })
}

test('a bad review is seen while the list is open, is followed up by a key, and its case shows it', async () => {
  const page = await house.signIn()
  await page.locator('nav.rail a[href="/reviews"] .n').waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('e')
  await page.locator('[data-tab=urgent].on').waitFor()
  await written(page, 'J1', 1, 'the handle came off')
  await row(page, 'J1').waitFor()
  await row(page, 'J1').click()
  await page.keyboard.press('f')
  await page.waitForURL(/\/cases\//)
  const block = page.locator('[data-part=review]')
  await block.getByText('the handle came off').waitFor()
  const { case: opened } = await api(page, `/cases/${page.url().split('/').at(-1)}`)
  assert.equal(opened.kind, 'review_followup')
  assert.equal(opened.topic, '★☆☆☆☆ the handle came off')
  await page.goto(`${house.base}/reviews?tab=all`)
  await page.locator('tr[data-review=J1][data-state=followed_up]').click()
  await page.locator('.panel').getByRole('link', { name: `#${opened.number}` }).waitFor()
  house.quiet()
})

test('an answer that pays for stars is refused, the honest one is kept and copied with one press', async () => {
  const page = await house.signIn({ path: '/reviews?tab=new' })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await written(page, 'J2', 5, 'lovely')
  await row(page, 'J2').click()
  await page.keyboard.press('r')
  await page.keyboard.type('好评返现 5 元')
  await page.locator('[data-act=answer]').click()
  await page.getByText(texts['problem.benefit_for_review']).waitFor()
  await page.locator('.panel textarea').fill('Thank you!')
  await page.locator('[data-act=answer]').click()
  await page.locator('.panel [data-part=reply]', { hasText: 'Thank you!' }).waitFor()
  await row(page, 'J2').waitFor({ state: 'detached' })
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'Thank you!')
  await page.evaluate(() => navigator.clipboard.writeText(''))
  await page.locator('[data-act=copy]').click()
  await page.waitForFunction(async () => (await navigator.clipboard.readText()) === 'Thank you!')
  const again = (await api(page, '/reviews?q=lovely')).items[0]
  assert.equal(again.state, 'answered')
  assert.equal((await post(page, `/reviews/${again.id}/answer`, { words: 'Once more' })).code, 'already_answered')
  house.quiet()
})

test('what needs nothing is set aside by a key, and the toast takes it back', async () => {
  const page = await house.signIn({ path: '/reviews?tab=new' })
  const day = 24 * 3_600_000, zone = 8 * 3_600_000
  const midnight = Math.floor((Date.now() + zone) / day) * day - zone
  await written(page, 'J3', 4, 'ok', Date.now())
  await written(page, 'J4', 4, 'ok, too', midnight - day / 2)
  await row(page, 'J3').click()
  await page.keyboard.press('e')
  await row(page, 'J3').waitFor({ state: 'detached' })
  await page.keyboard.press('u')
  await row(page, 'J3').waitFor()
  await page.locator('[data-part=yesterday]').click()
  await row(page, 'J3').waitFor({ state: 'detached' })
  await page.waitForURL(/day=yesterday/)
  await row(page, 'J4').waitFor()
  for (const time of await page.locator('tbody tr td:nth-child(5)').allInnerTexts()) assert.match(time, /^昨天 /)
  await page.locator('[data-part=yesterday]').click()
  await row(page, 'J3').waitFor()
  house.quiet()
})
