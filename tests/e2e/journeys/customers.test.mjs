// Who somebody is: found, looked at for a reason, noted, tagged, corrected. Each is looked up in the API afterwards.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, post, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

async function chen(page) {
  return (await api(page, `/customers?q=${encodeURIComponent('陈雨桐')}`)).items[0]
}

test('a person is found by two characters and by the end of a phone, in the list and in the search box', async () => {
  const page = await house.signIn({ path: '/customers' })
  const box = page.getByPlaceholder('姓名、手机尾号、客户编号')
  for (const q of ['雨桐', '1234']) {
    await box.fill(q)
    await page.locator('tbody tr', { hasText: '陈雨桐' }).waitFor()
  }
  await page.locator('tbody tr', { hasText: '王思远' }).waitFor({ state: 'hidden' })
  await page.locator('h1').click()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/customers\/[0-9A-Z]+$/)
  await page.locator('h1', { hasText: '陈雨桐' }).waitFor()

  await page.goto(house.base)
  await page.locator('h1').waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('雨桐')
  await page.getByRole('group', { name: '客户' }).getByRole('option', { name: /陈雨桐.*\*\*\*\*1234/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.locator('h1', { hasText: '陈雨桐' }).waitFor()

  const { number } = (await api(page, '/cases?limit=1')).items[0]
  await page.keyboard.press('Control+k')
  await page.locator('[role=combobox]:focus').waitFor() // a person types where the caret is
  await page.getByRole('combobox').pressSequentially(`#${number}`)
  await page.keyboard.press('Enter') // before the answer is there
  await page.waitForURL(/\/cases\/[0-9A-Z]+$/)
  await page.locator('header', { hasText: `#${number}` }).first().waitFor()

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('没有这样的人')
  await page.getByText('可以搜姓名').waitFor()
  house.quiet()
})

test('nothing is asked while an input method composes', async () => {
  const page = await house.signIn()
  const asked = []
  await page.locator('h1').waitFor()
  page.on('request', (request) => request.url().includes('/api/v1/search') && asked.push(request.url()))
  await page.keyboard.press('Control+k')
  const box = page.getByRole('combobox')
  await box.focus()
  await box.evaluate((input) => {
    input.dispatchEvent(new CompositionEvent('compositionstart'))
    input.value = "yu'tong"
    input.dispatchEvent(new InputEvent('input', { isComposing: true }))
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }))
  })
  await page.waitForTimeout(400)
  assert.deepEqual(asked, [])
  await box.evaluate((input) => {
    input.value = '雨桐'
    input.dispatchEvent(new CompositionEvent('compositionend'))
  })
  await page.getByRole('option', { name: /陈雨桐/ }).first().waitFor()
  house.quiet()
})

test('a phone is shown for a reason that is kept', async () => {
  const page = await house.signIn()
  const { id } = await chen(page)
  await page.goto(`${house.base}/customers/${id}`)
  await page.getByRole('button', { name: '查看手机' }).first().click()
  await page.locator('.el-dialog').getByRole('button', { name: '查看手机' }).click()
  await page.locator('.el-dialog', { hasText: '必填。' }).waitFor()
  await page.getByRole('button', { name: '回电客户' }).click()
  await page.locator('.el-dialog').getByRole('button', { name: '查看手机' }).click()
  assert.match(await page.locator('[data-revealed]').innerText(), /^\+?\d{11,13}$/)
  await page.locator('.el-dialog__footer').getByRole('button', { name: '关闭' }).click()
  await page.locator('[data-revealed]').waitFor({ state: 'hidden' })
  const [reveal] = (await api(page, `/customers/${id}`)).reveals
  assert.deepEqual([reveal.field, reveal.reason, reveal.staff_name], ['phone', '回电客户', '演示掌柜'])
  await page.locator('[data-kind=revealed]').first().waitFor()
  house.quiet()
})

test('a note, a special request that is granted, a tag with its way back', async () => {
  const page = await house.signIn()
  const { id } = await chen(page)
  await page.goto(`${house.base}/customers/${id}`)
  await page.locator('h1', { hasText: '陈雨桐' }).waitFor()
  await page.keyboard.press('n')
  await page.keyboard.type('周末不方便接电话')
  await page.reload() // the draft is still there
  await page.waitForFunction(() => document.querySelector('.composer textarea')?.value === '周末不方便接电话')
  await page.keyboard.press('n')
  await page.keyboard.press('Control+Enter')
  await page.locator('[data-kind=note_note]', { hasText: '周末不方便接电话' }).waitFor()
  await page.getByRole('tab', { name: '特殊要求' }).click()
  await page.keyboard.type('只要顺丰')
  await page.keyboard.press('Control+Enter')
  const request = page.locator('[data-kind=note_special_request]', { hasText: '只要顺丰' })
  await request.getByText('待定').waitFor()
  await request.getByRole('button', { name: '准许' }).click()
  await request.getByText('已准许').waitFor()
  const notes = (await api(page, `/customers/${id}`)).notes
  assert.equal(notes.find((note) => note.body === '只要顺丰').state, 'granted')
  assert.equal(notes.find((note) => note.body === '周末不方便接电话').kind, 'note')

  await post(page, `/customers/${(await api(page, '/customers?limit=3')).items[2].id}/tags`, { tag: '在意面料' })
  await page.reload()
  await page.getByRole('button', { name: '添加标签' }).click()
  await page.getByRole('combobox', { name: '添加标签' }).fill('面料')
  await page.getByRole('option', { name: /在意面料/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '去掉标签 在意面料' }).click()
  await page.getByRole('button', { name: '去掉标签 在意面料' }).waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: '撤销' }).click()
  await page.getByRole('button', { name: '去掉标签 在意面料' }).waitFor()
  assert.ok((await api(page, `/customers/${id}`)).tags.includes('在意面料'))
  house.quiet()
})

test('a field is corrected, and says who said what', async () => {
  const page = await house.signIn()
  const { id, name } = await chen(page)
  await page.goto(`${house.base}/customers/${id}`)
  const field = (key) => page.locator(`[data-fact=${key}]`)
  await field('birthday').hover()
  await page.getByRole('button', { name: '编辑生日' }).click()
  await page.keyboard.type('农历八月')
  await page.getByRole('button', { name: '保存生日' }).click()
  await field('birthday').locator('[role=alert]').waitFor()
  await field('birthday').getByRole('textbox').fill('农历 8-16')
  await field('birthday').getByLabel('客户确认过').check()
  await page.getByRole('button', { name: '保存生日' }).click()
  await field('birthday').getByText('农历 08-16').waitFor()
  await field('birthday').getByText('已核实').waitFor()
  await field('birthday').getByText('演示掌柜').waitFor()

  await field('name').hover()
  await page.getByRole('button', { name: '编辑姓名' }).click()
  await field('name').getByRole('textbox').fill('陈雨彤')
  await field('name').getByLabel('锁定').check()
  await page.getByRole('button', { name: '保存姓名' }).click()
  await page.locator('h1', { hasText: '陈雨彤' }).waitFor()
  await page.getByRole('button', { name: '姓名的各种说法' }).click()
  await field('name').locator('li', { hasText: name }).waitFor()
  const { profile } = await api(page, `/customers/${id}`)
  const said = (key) => profile.find((one) => one.field === key)
  assert.deepEqual([said('birthday').value, said('birthday').verified], ['lunar 08-16', true])
  assert.deepEqual([said('name').value, said('name').locked, said('name').said.length], ['陈雨彤', true, 2])

  // A masked phone that is only ticked is not taken back
  await field('phone').hover()
  await page.getByRole('button', { name: '编辑手机' }).click()
  await field('phone').getByLabel('客户确认过').check()
  await page.getByRole('button', { name: '保存手机' }).click()
  await field('phone').getByText('把手机写完整').waitFor()
  await field('phone').getByRole('button', { name: '取消' }).click()
  assert.equal((await api(page, `/customers/${id}`)).profile.find((one) => one.field === 'phone').value, said('phone').value)

  // Taken back, the older word holds again.
  await page.getByRole('button', { name: '编辑姓名' }).click()
  await field('name').getByRole('textbox').fill('')
  await page.getByRole('button', { name: '保存姓名' }).click()
  await page.locator('h1', { hasText: name }).waitFor()
  house.quiet()
})

test('a customer is taken down', async () => {
  const page = await house.signIn({ path: '/customers' })
  await page.getByRole('button', { name: '新建客户' }).click()
  const dialog = page.locator('.el-dialog')
  await dialog.getByRole('button', { name: '新建客户' }).click()
  await dialog.getByText('姓名、编号、手机、邮箱至少填一项。').waitFor()
  await dialog.locator('#customer-name').fill('青竹茶馆')
  await dialog.getByRole('radio', { name: '公司' }).click()
  await dialog.locator('#customer-phone').fill('13512345678')
  await dialog.getByRole('button', { name: '新建客户' }).click()
  await page.locator('h1', { hasText: '青竹茶馆' }).waitFor()
  assert.equal((await api(page, '/customers?q=5678')).items[0].party, 'company')
  house.quiet()
})

test('a person asks that their data go: not while a case is open, then for good, and the order stays without a name', async () => {
  const page = await house.signIn()
  const erase = async (id, name) => {
    await page.goto(`${house.base}/customers/${id}`)
    await page.getByRole('button', { name: '清除个人资料…' }).click()
    const dialog = page.locator('.el-dialog')
    await dialog.getByLabel(/^输入/).fill('不是这位')
    await dialog.getByRole('button', { name: '清除资料' }).click()
    await dialog.getByText('和上面的名字不一样。').waitFor()
    await dialog.getByLabel(/^输入/).fill(name)
    await page.keyboard.press('Enter')
    return dialog
  }
  const busy = (await api(page, '/cases?unfinished=true&limit=50')).items.find((row) => row.customer_name)
  const { customer_id } = (await api(page, `/cases/${busy.id}`)).case
  const refused = await erase(customer_id, busy.customer_name)
  await refused.getByText(`#${busy.number}`).waitFor()
  await page.keyboard.press('Escape')
  await page.locator('h1', { hasText: busy.customer_name }).waitFor()

  let found
  for (const row of (await api(page, '/customers?limit=100')).items) {
    const view = await api(page, `/customers/${row.id}`)
    if (row.name && view.orders.length > 0 && view.cases.every((one) => one.status === 'closed') && view.notes.length + view.tags.length > 0) found = view
    if (found) break
  }
  const { id, name } = found.customer
  const dialog = await erase(id, name)
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText('个人资料已于').waitFor()
  await page.locator('h1', { hasText: '已清除的客户' }).waitFor()
  await page.locator('[data-kind=erased]', { hasText: '清除了个人资料：客户要求' }).waitFor()
  assert.equal(await page.getByRole('button', { name: '添加标签' }).count(), 0)
  const after = await api(page, `/customers/${id}`)
  assert.deepEqual([after.customer.name, after.addresses.length, after.identities.length, after.notes.length, after.tags.length], [undefined, 0, 0, 0, 0])
  assert.equal(after.orders.length, found.orders.length)
  assert.ok(!(await api(page, `/customers?q=${encodeURIComponent(name)}`)).items.some((row) => row.id === id))
  await page.goto(`${house.base}/orders/${after.orders[0].id}`)
  await page.locator('h1', { hasText: after.orders[0].number }).waitFor()
  assert.equal(await page.getByText(name, { exact: true }).count(), 0)
  house.quiet()
})
