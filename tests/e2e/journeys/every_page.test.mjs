// Every screen in both languages and both themes (what a rule looks at comes of one or the other, so two walks are enough): nothing serious for axe, no policy violation, no script error.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { api, post, readable, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

for (const [locale, theme] of [['zh-CN', 'light'], ['en-US', 'dark']])
  test(`every page, ${locale} ${theme}`, async () => {
    const gate = await house.open({ locale, theme, path: '/sign-in' })
    await gate.locator('#login').waitFor()
    await readable(gate, 'sign_in')
    const page = await house.signIn({ locale, theme })
    const cases = (await api(page, '/cases?limit=200')).items
    const one = (header) => cases.find((row) => row.header === header)
    const waiting = one('awaiting_goods')
    const label = `/labels/${waiting.id}/${(await api(page, `/cases/${waiting.id}`)).operations.at(-1).id}`
    const csv = Buffer.from(`订单号,商品名称,货号,数量,单价,下单时间,收货人,手机\nE${locale}${theme},云感枕,PIL-1,1,89.00,2026-11-01 10:00:00,吕青禾,13911112222\nX,云感枕,PIL-1,?,1,2026-11-01 10:00:00,,\n`)
    const imported = async (act) => {
      const { id } = await post(page, '/imports', { shop_id: cases[0].shop_id, kind: 'orders', file_name: 'e.csv', bytes: csv.length })
      if (act) await post(page, `/imports/${id}/parts`, { offset: 0, data: csv.toString('base64') })
      if (act === 'start' || act === 'preview') await post(page, `/imports/${id}/${act}`, {})
      if (act === 'start' || act === 'preview') for (let i = 0; i < 100 && !/done|ready/.test((await api(page, `/imports/${id}`)).state); i++) await page.waitForTimeout(100)
      return `/import/${id}`
    }
    const runs = { imports: '/import', import_broken: await imported(), import_mapping: await imported('parts'), import_preview: await imported('preview'), import_done: await imported('start') }
    const product = (await api(page, '/products?limit=1')).items[0]
    await post(page, `/customers/${cases[0].customer_id}/notes`, { kind: 'special_request', body: '只要顺丰' })
    const screens = {
      home: '/', queue: '/cases', returns: '/returns', empty: '/cases?view=all_open&q=nothing-like-this', new_case: '/cases/new', new_return: `/cases/new?order=${cases[0].order_id}`,
      case: `/cases/${one('part_returned').id}`, disputed: `/cases/${one('disputed').id}`, settled: `/cases/${one('settled').id}`,
      orders: '/orders', order: `/orders/${cases[0].order_id}`, customers: '/customers', customer: `/customers/${cases[0].customer_id}`,
      customer_orders: `/customers/${cases[0].customer_id}?tab=orders`, customer_cases: `/customers/${cases[0].customer_id}?tab=cases`,
      products: '/products', product: `/products/${product.id}`, ...runs,
      refunds: '/refunds', parcels: '/parcels', knowledge: '/knowledge', reports: '/reports', tasks: '/tasks', reviews: '/reviews?tab=all', tasks_all: '/tasks?scope=all', tasks_given: '/tasks?scope=given', training: '/training', approvals: '/approvals', handover: '/handover', receive: '/receive', connectors: '/admin/connectors', staff: '/admin/staff', policies: '/admin/policies', revisits: '/revisits', month: '/revisits?mode=month&month=2026-10', plans: '/revisits/plans', calendar: '/admin/calendar', hours: '/admin/hours', rosters: '/admin/rosters', label, nowhere: '/no/such/page',
    }
    for (const [name, path] of Object.entries(screens)) {
      await page.goto(house.base + path)
      await page.locator('h1').first().waitFor()
      await page.waitForLoadState('load')
      await page.waitForTimeout(400)
      await readable(page, name)
    }
    // Dialogs, menus, palette
    await page.goto(`${house.base}/cases/${one('part_returned').id}`)
    await page.locator('[data-act=arrive]').first().click()
    await page.locator('.el-dialog').waitFor()
    await readable(page, 'act dialog', '.el-dialog')
    await page.keyboard.press('Escape')
    await page.locator('.el-dialog').waitFor({ state: 'hidden' })
    await page.keyboard.press('Control+k')
    await page.getByRole('option').first().waitFor()
    await readable(page, 'palette')
    await page.keyboard.press('Escape')
    await page.goto(`${house.base}/customers/${cases[0].customer_id}`)
    await page.locator('[data-fact=phone] .icon-btn').last().click()
    await page.locator('#reveal-reason').waitFor()
    await readable(page, 'reveal dialog', '.el-dialog')
    await page.keyboard.press('Escape')
    await page.locator('.el-dialog').waitFor({ state: 'hidden' })
    await page.locator('[data-fact=birthday] [data-edit]').click()
    await page.locator('.tags .icon-btn').last().click()
    await readable(page, 'profile edit and tag')
    await page.goto(`${house.base}/customers`)
    await page.locator('.page-head .el-button').click()
    await page.locator('#customer-name').waitFor()
    await readable(page, 'customer dialog', '.el-dialog')
    await page.goto(`${house.base}/cases?header=requested`)
    await page.locator('.filters .pill').last().click()
    await page.locator('#view-name').waitFor()
    await readable(page, 'view dialog', '.el-dialog')
    await page.keyboard.press('Escape')
    const late = await house.signIn({ locale, theme, path: '/admin/staff' })
    await late.locator('tr .icon-btn').first().click()
    await late.locator('.el-dialog').waitFor()
    await readable(late, 'staff dialog', '.el-dialog')
    await late.context().clearCookies()
    await late.locator('.el-dialog button[type=submit]').click()
    await late.locator('.again').waitFor()
    await late.waitForTimeout(300)
    await readable(late, 'sign in again')
    await late.context().close()
    await page.context().close()
    house.quiet()
  })
