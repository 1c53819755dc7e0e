// node pictures.mjs FOLDER: pictures of the demo shop for README.md, Chinese and light, 1440 × 900.
import assert from 'node:assert/strict'
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { api, startHouse } from './support.mjs'

const folder = process.argv[2]
const kMost = 400 * 1024
mkdirSync(folder, { recursive: true })
const house = await startHouse()
try {
  const page = await house.signIn()
  const cases = (await api(page, '/cases?limit=200')).items
  const shown = cases.find((row) => row.header === 'part_returned')
  const pictures = {
    home: '/', queue: '/cases?view=all_open', case: `/cases/${shown.id}`, customer: `/customers/${shown.customer_id}`, revisits: '/revisits?mode=month', import: '/import',
  }
  for (const [name, path] of Object.entries(pictures)) {
    await page.goto(house.base + path)
    await page.locator('h1').first().waitFor()
    await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined) // the line of live hints stays open
    await page.mouse.move(700, 880)
    await page.waitForTimeout(600)
    const file = join(folder, `${name}.png`)
    await page.screenshot({ path: file, animations: 'disabled' })
    const { size } = statSync(file)
    assert.ok(size < kMost, `${file} has ${size} bytes`)
    console.log(`${file} ${Math.round(size / 1024)} KB`)
  }
} finally {
  await house.stop()
}
