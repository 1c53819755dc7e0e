// Work for other departments: asked on a case, found in the list of whom it waits for, done there by keys, answered on the case.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { choose, texts, tomorrow, yesterday } from '../desk.mjs'
import { api, post, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

async function opened(page, kind) {
  const { shops } = await api(page, '/session')
  const order = (await api(page, '/orders?limit=200')).items.find((one) => one.case_count === 0 && one.delivered_at)
  return (await post(page, '/cases', { shop_id: shops[0].id, kind, channel: 'phone', order_id: order.id, topic: 'box', note: 'the box was empty' })).case_id
}

test('what is asked of another department is in its list, is done by keys, and its result stands on the case', async () => {
  const page = await house.signIn()
  const id = await opened(page, 'complaint')
  const hall = (await api(page, '/staff')).items.find((one) => one.login === 'hanlei')
  await post(page, `/cases/${id}/ask_task`, { department: 'logistics', owner_id: hall.id, due_at: Date.now() + 3_600_000, note: 'where did it go' })
  await page.goto(`${house.base}/tasks?scope=all`)
  await page.locator('[data-part=department]').selectOption('logistics')
  await page.locator('tr[data-code=asked]', { hasText: 'where did it go' }).waitFor()
  assert.equal(await page.locator('tbody tr').count(), 1)

  const theirs = await house.signIn({ login: hall.login, password: house.demo.password, path: '/' })
  await theirs.locator('nav.rail a[href="/tasks"] .n').waitFor()
  await theirs.keyboard.press('g')
  await theirs.keyboard.press('t')
  const row = theirs.locator('tr[data-code=asked]', { hasText: 'where did it go' })
  await row.waitFor()
  await row.locator('td').nth(1).click()
  await theirs.keyboard.press(' ')
  await theirs.locator('.peek').waitFor()
  await theirs.keyboard.press('f')
  const dialog = theirs.locator('.el-dialog')
  await dialog.getByRole('radio', { name: texts['word.task_result.not_confirmed'], exact: true }).click()
  await dialog.locator('[name=note]').fill('it left full')
  await dialog.locator('[data-act=send]').click()
  await row.waitFor({ state: 'detached' })

  await page.goto(`${house.base}/cases/${id}`)
  const block = page.locator('[data-part=tasks]')
  await block.getByText(texts['word.task_result.not_confirmed']).waitFor()
  await block.getByText('it left full').waitFor()
  house.quiet()
})

test('a product defect is in the list of quality as soon as it is taken', async () => {
  const page = await house.signIn()
  const { number } = (await api(page, `/cases/${await opened(page, 'product_defect')}`)).case
  await page.goto(`${house.base}/tasks?scope=all&department=quality`)
  await page.locator(`tr[data-code=quality_alert][data-number="${number}"]`).waitFor()
  house.quiet()
})

test('why cases came is read by cause, narrowed to its goods, and taken away as a file', async () => {
  const page = await house.signIn({ path: '/reports?days=365' })
  const row = page.locator('tr[data-cause]').first()
  await row.waitFor()
  const cause = await row.getAttribute('data-cause')
  await page.locator('[data-part=products] .line').first().waitFor()
  await row.locator('button').click()
  await page.waitForURL(new RegExp(`cause=${cause}`))
  await page.locator('[data-act=every]').waitFor()
  const [file] = await Promise.all([page.waitForEvent('download'), page.click('[data-act=save]')])
  const text = readFileSync(await file.path(), 'utf8')
  assert.match(text, new RegExp(texts[`word.cause.${cause}`]))
  house.quiet()
})

test('what a lead writes about goods is found by its words and stands beside a case about them', async () => {
  const page = await house.signIn({ path: '/knowledge' })
  const id = await opened(page, 'consultation')
  const sku = (await api(page, `/cases/${id}`)).order[0].lines[0].sku
  await page.click('[data-act=add]')
  const dialog = page.locator('.el-dialog')
  await dialog.locator('[data-act=send]').click()
  await dialog.locator('[role=alert]').first().waitFor() // without words nothing is kept
  await dialog.locator('[name=title]').fill('洗碗机守则')
  await dialog.locator('[name=body]').fill('可以进洗碗机，不超过 60 度。')
  await dialog.locator('[name=sku]').fill(sku)
  await dialog.locator('[data-act=send]').click()
  await page.locator('[data-article=洗碗机守则]').waitFor()
  await page.goto(`${house.base}/knowledge?q=60 度`)
  await page.locator('article', { hasText: '可以进洗碗机' }).waitFor()
  await page.goto(`${house.base}/cases/${id}`)
  await page.locator('[data-part=articles] summary', { hasText: '洗碗机守则' }).click()
  await page.locator('[data-part=articles]', { hasText: '不超过 60 度' }).waitFor()
  await page.goto(`${house.base}/knowledge`)
  await page.locator('[data-article=洗碗机守则]').click()
  await page.locator('[data-act=drop]').click()
  await page.locator('[data-act=drop]').click()
  await page.locator('[data-article=洗碗机守则]').waitFor({ state: 'detached' })
  house.quiet()
})

test('rules for reviews stand beside a review that is followed up; a promotion past its end says so and stands beside no case', async () => {
  const page = await house.signIn({ login: 'zhoumin', password: house.demo.password })
  const id = await opened(page, 'review_followup')
  const sku = (await api(page, `/cases/${id}`)).order[0].lines[0].sku
  await page.goto(`${house.base}/knowledge`)
  const write = async (kind, title, more = {}) => {
    await page.click('[data-act=add]')
    const dialog = page.locator('.el-dialog')
    await choose(dialog, 'article', kind)
    for (const [name, words] of Object.entries({ title, body: `${title}。`, ...more.fields })) await dialog.locator(`[name=${name}]`).fill(words)
    if (more.until) await dialog.locator('#article-until').fill(more.until)
    await dialog.locator('[data-act=send]').click()
    await dialog.waitFor({ state: 'hidden' })
    await page.locator('article h2', { hasText: title }).waitFor()
  }
  await write('review_rules', '不许求好评')
  await write('promotion', '双旦满减', { fields: { sku }, until: tomorrow() })
  assert.equal(await page.locator('article .bad').count(), 0)
  await write('promotion', '周年庆', { fields: { sku }, until: yesterday() })
  await page.locator('article .bad', { hasText: '昨天 12:00' }).waitFor()
  await page.getByRole('radiogroup', { name: texts['ui.article.kind'] }).getByRole('radio', { name: texts['word.article.promotion'], exact: true }).click()
  await page.locator('[data-article=不许求好评]').waitFor({ state: 'detached' })
  const over = page.locator('[data-article].t3')
  await over.filter({ hasText: '周年庆' }).waitFor()
  assert.equal(await over.filter({ hasText: '双旦满减' }).count(), 0)
  await page.goto(`${house.base}/cases/${id}`)
  const beside = page.locator('[data-part=articles] summary')
  await beside.filter({ hasText: '不许求好评' }).waitFor()
  await beside.filter({ hasText: '双旦满减' }).waitFor()
  assert.equal(await beside.filter({ hasText: '周年庆' }).count(), 0)
  house.quiet()
})

test('how to send goods back is put into the reply: until when, where to, what then', async () => {
  const page = await house.signIn()
  const row = (await api(page, '/cases?limit=200')).items.find((one) => one.header === 'awaiting_goods' && one.kind === 'return_refund')
  const view = await api(page, `/cases/${row.id}`)
  await page.goto(`${house.base}/cases/${row.id}`)
  await page.locator('[data-act=guide]').click()
  const area = page.locator('.composer textarea')
  await page.waitForFunction(() => document.querySelector('.composer textarea').value.includes('\n'))
  const text = await area.inputValue()
  assert.match(text, new RegExp(view.case.number))
  const { id: operation, ship_by_at } = view.operations.find((one) => one.header === 'awaiting_goods')
  const until = new Date(ship_by_at + 8 * 3_600_000).toISOString().slice(5, 10) // in the shop's zone
  assert.match(text, new RegExp(`请在 (\\d{4}-)?${until} 前把下列商品寄到`))
  const { to } = await api(page, `/cases/${row.id}/operations/${operation}/label`)
  assert.ok(to.return_address && text.includes(to.return_address))
  assert.match(text, /小时内原路退回 ¥/)
  await page.keyboard.press('Control+Enter')
  await page.locator('.timeline', { hasText: '请在包裹里放一张写有' }).waitFor()
  house.quiet()
})
