// A file comes in: uploaded, mapped, counted, imported, its bad row handed back, taken back again.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, post, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

const head = '订单编号,宝贝标题,商家编码,数量,单价,下单时间,收货人,手机,收货地址\n'
const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.isBuffer(text) ? text : Buffer.from(text) })
// Two orders in GB18030, the second with 三 for its quantity.
const gb18030 = Buffer.from('tqm1pbHgusUssaaxtLHqzOIsycy80rHgwussyv3Bvyy1pbzbLM/CtaXKsbzkLMrVu/XIyyzK1rv6LMrVu/W12Na3CkcyMDAxLMLD0NDK1cTJtPwsQkFHLTksMiw1OS4wMCwyMDI2LTExLTAzIDA5OjMwOjAwLMLAx+C6zCwxMzkxMTExMjIyMizV472tyqG6vNbdytAKRzIwMDIswsPQ0MrVxMm0/CxCQUctOSzI/Sw1OS4wMCwyMDI2LTExLTA0IDA5OjMwOjAwLMLAx+C6zCwxMzkxMTExMjIyMizV472tyqG6vNbdytAK', 'base64')

/** Picks a file and waits for the step where its columns are chosen. */
async function upload(page, picked) {
  await page.goto(`${house.base}/import`)
  await page.locator('input[type=file]').setInputFiles(picked)
  await page.getByRole('button', { name: '上传文件' }).click()
  await page.locator('[data-field=number]').waitFor()
  return new URL(page.url()).pathname.split('/').at(-1)
}
const part = async (page, name) => Number((await page.locator('.sum tr', { hasText: name }).first().locator('td').innerText()).replace(/,/g, ''))

test('orders come in, the bad row comes back as a file, and all of it is taken back', async () => {
  const page = await house.signIn()
  const id = await upload(page, file('十一月.csv', `${head}I3001,云感枕,PIL-1,1,89.00,2026-11-01 10:00:00,吕青禾,13911112222,浙江省杭州市\nI3001,云感枕套,PIL-2,2,29.00,2026-11-01 10:00:00,吕青禾,13911112222,浙江省杭州市\nI3002,云感枕,PIL-1,一,89.00,2026-11-02 10:00:00,冯朗,13733334444,浙江省宁波市\n`))
  const count = page.getByRole('button', { name: '预览', exact: true })

  // A field that is needed cannot go without a column.
  await page.getByLabel('数量', { exact: true }).selectOption('')
  await page.locator('.refusal', { hasText: '数量：文件里没找到，选一列。' }).waitFor()
  assert.ok(await count.isDisabled())
  await page.getByLabel('数量', { exact: true }).selectOption('数量')
  await page.locator('.refusal').waitFor({ state: 'hidden' })
  await page.getByLabel('每列都相同的重复行只算一次').check()

  await count.click()
  await page.getByRole('button', { name: '导入 3 行' }).waitFor()
  assert.equal(await part(page, '订单行') + await part(page, '退货行') + await part(page, '调整行') + await part(page, '已有或重复') + await part(page, '读不出'), await part(page, '行数'))
  assert.equal(await part(page, '读不出'), 1)
  assert.equal((await api(page, '/orders?q=I3001')).items.length, 0)
  await page.getByRole('button', { name: '导入 3 行' }).click()
  await page.locator('.page-head', { hasText: '已导入' }).waitFor()

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载错误文件，1 行' }).click()])
  const bad = await (await import('node:fs/promises')).readFile(await download.path(), 'utf8')
  assert.match(bad, /I3002/)
  assert.doesNotMatch(bad, /I3001/)
  const [order] = (await api(page, '/orders?q=I3001')).items
  assert.equal(order.line_count, 2)
  assert.equal((await api(page, `/imports/${id}`)).mapping.dedupe, true)

  await page.getByRole('button', { name: '撤回导入' }).click()
  await page.locator('.el-dialog', { hasText: '1 个订单' }).getByRole('button', { name: '撤回导入' }).click()
  await page.locator('.page-head', { hasText: '已撤回' }).waitFor()
  assert.equal((await api(page, '/orders?q=I3001')).items.length, 0)
  house.quiet()
})

test('a file of a spreadsheet in GB18030 is read as it was written', async () => {
  const page = await house.signIn()
  await upload(page, file('旧系统.csv', gb18030))
  await page.getByText('GB18030').waitFor()
  await page.locator('[data-field=name]', { hasText: '旅行收纳袋' }).waitFor()
  await page.getByRole('button', { name: '预览', exact: true }).click()
  await page.getByRole('button', { name: '导入 2 行' }).click()
  await page.locator('.page-head', { hasText: '已导入' }).waitFor()
  await page.getByRole('link', { name: '看订单' }).click()
  await page.getByPlaceholder('订单号、快递单号、客户姓名').fill('G2001')
  await page.locator('tbody tr', { hasText: 'G2001' }).waitFor()
  await page.locator('tbody tr', { hasText: '吕青禾' }).first().waitFor()
  house.quiet()
})

test('an upload that broke off goes on with the same file, and with no other', async () => {
  const page = await house.signIn()
  const text = Buffer.from(head + Array.from({ length: 14_000 }, (_, i) => `B${100000 + i},云感枕,PIL-1,1,89.00,2026-11-01 10:00:00,,,\n`).join(''))
  assert.ok(text.length > 690_000)
  const { id } = await post(page, '/imports', { shop_id: (await api(page, '/session')).shops[0].id, kind: 'orders', file_name: '大文件.csv', bytes: text.length })
  await post(page, `/imports/${id}/parts`, { offset: 0, data: text.subarray(0, 300_000).toString('base64') })
  await page.goto(`${house.base}/import/${id}`)
  await page.getByText('上传中断').waitFor()
  await page.locator('input[type=file]').setInputFiles(file('别的.csv', 'a,b\n'))
  await page.getByText('这不是同一个文件。').waitFor()
  await page.locator('input[type=file]').setInputFiles(file('大文件.csv', text))
  await page.locator('[data-field=number]').waitFor()
  assert.equal((await api(page, `/imports/${id}`)).received, text.length)
  await page.getByRole('button', { name: '放弃导入' }).click()
  await page.getByText('导入前就停止了，什么都没有写入。').waitFor()
  house.quiet()
})

test('a preview and an import stop when they are told to', async () => {
  const page = await house.signIn()
  const rows = Array.from({ length: 60_000 }, (_, i) => `L${100000 + i},云感枕,PIL-1,1,89.00,2026-10-0${1 + (i % 9)} 10:00:00,吕${i % 900},1380000${String(1000 + (i % 900))},\n`)
  const id = await upload(page, file('很大.csv', head + rows.join('')))
  const count = page.getByRole('button', { name: '预览', exact: true })
  await count.click()
  await page.getByRole('button', { name: '停止预览' }).click()
  await count.waitFor()
  await page.waitForTimeout(1500)
  assert.equal((await api(page, `/imports/${id}`)).preview, undefined) // nothing goes on counting behind it
  await count.click()
  await page.getByRole('button', { name: '导入 60,000 行' }).click({ timeout: 60_000 })
  await page.getByRole('progressbar').waitFor()
  await page.getByRole('button', { name: '停止导入' }).click()
  await page.locator('.page-head', { hasText: '已停止' }).waitFor()
  house.quiet()
})

test('imports are for administrators', async () => {
  const page = await house.signIn({ login: 'linke', path: '/import' })
  await page.getByText('导入由管理员做。').waitFor()
  assert.equal(await page.locator('nav.rail a[href="/import"]').count(), 0)
  house.quiet()
})
