// The dock: a parcel is scanned, counted, inspected with a photo; the network goes and comes; a parcel that nobody announced.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { api, photo, picture, post, readable, startHouse } from '../support.mjs'

let house
const folder = mkdtempSync(join(tmpdir(), 'aftercare-camera-'))
const camera = join(folder, 'sees.y4m')
before(async () => (house = await startHouse({ camera })))
after(async () => {
  await house.stop()
  rmSync(folder, { recursive: true })
})

const texts = JSON.parse(readFileSync(new URL('../../../schema/text/zh-CN.json', import.meta.url), 'utf8'))
const said = (key, values = {}) => texts[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)

/** A return of two units that is approved, and on its way under `tracking` when it is given. */
async function aReturn(page, tracking) {
  const { items } = await api(page, '/orders?limit=200')
  const fits = (one) => one.qty >= 2 && (one.allocated_minor / one.qty) * 2 < 40_000
  let order
  for (const row of items.filter((one) => one.case_count === 0)) {
    order = await api(page, `/orders/${row.id}`)
    if (order.lines.some(fits)) break
  }
  const line = order.lines.find(fits)
  const opened = await post(page, '/cases', {
    shop_id: order.order.shop_id, order_id: order.order.id,
    request: { lines: [{ order_line_id: line.id, qty: 2 }], reason: 'quality', photo_ref: await photo(page, order.order.shop_id), override_window: true, override_reason: '老客户' },
  })
  assert.ok(opened.case_id, JSON.stringify(opened))
  const act = async (name, body) => {
    const done = await post(page, `/cases/${opened.case_id}/operations/${opened.operation_id}/${name}`, body)
    assert.ok(done.version, JSON.stringify(done))
  }
  await act('approve', {})
  if (tracking) await act('ship_back', { carrier: 'SF', tracking })
  return { id: opened.case_id, number: opened.number, operation: opened.operation_id, order: order.order.number, line }
}
const view = (page, one) => api(page, `/cases/${one.id}`)
/** As a scanner does: wherever the focus is, and fast. */
async function scan(page, code) {
  await page.evaluate((text) => {
    for (const key of [...text, 'Enter']) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  }, code)
}
async function until(what, ask) {
  for (let i = 0; i < 100; i++) {
    if (await ask()) return
    await new Promise((done) => setTimeout(done, 100))
  }
  assert.fail(`never: ${what}`)
}
const first = (page, act) => page.locator(`.foot [data-act=${act}]`)

test('scanned, counted, inspected with a photo, next', async () => {
  const page = await house.signIn()
  const one = await aReturn(page, 'SFDOCK1')
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${house.base}/receive`)
  await page.locator('[name=code]').waitFor()
  await page.locator('body').click({ position: { x: 5, y: 700 } })
  await scan(page, 'SFDOCK1')
  await page.locator('[data-arrive]').waitFor()
  await readable(page)
  await first(page, 'arrive').click()
  await page.locator('[data-unit]').waitFor()
  await until('the parcel arrived', async () => (await view(page, one)).inbound[0].state === 'arrived')

  // Two units, one of them used: a photo is asked for
  await page.locator('[data-unit] .stepper button').first().click()
  await page.locator('[data-grade=used]').click()
  assert.equal(await page.locator('[data-disposition=refurbish]').getAttribute('aria-pressed'), 'true')
  await first(page, 'inspect').click()
  await page.locator('[data-unit] [role=alert]').waitFor()
  await page.locator('[data-unit] [name=photo]').setInputFiles(picture())
  await page.locator('[data-unit] [data-photo] img').waitFor()
  await readable(page)
  await first(page, 'inspect').click()
  await page.getByText(said('ui.receive.left_one', { n: 1 })).waitFor()
  await first(page, 'inspect').click()
  await page.getByText(said('ui.receive.finished', { number: one.number })).waitFor()
  await until('both are inspected', async () => (await view(page, one)).inspections.length === 2)
  const { inspections } = await view(page, one)
  assert.deepEqual(inspections.map((each) => [each.qty, each.grade, each.disposition]), [[1, 'used', 'refurbish'], [1, 'pass', 'restock']])
  assert.match(inspections[0].photo_ref, /^[0-9A-Z]{26}$/)
  assert.equal(await page.evaluate(async (id) => (await fetch(`/api/v1/photos/${id}/thumbnail`)).headers.get('Content-Type'), inspections[0].photo_ref), 'image/jpeg')

  // Targets are for thumbs
  await page.locator('[name=code]').fill(one.number)
  await page.keyboard.press('Enter')
  await page.locator('.foot').waitFor()
  const small = await page.locator('.dock button:visible, .dock a:visible').evaluateAll((all) => all.map((each) => each.getBoundingClientRect()).filter((box) => box.height < 44 || box.width < 36).length)
  assert.equal(small, 0)
  house.quiet()
})

test('what is done while the network is away waits, and is sent once when it comes back', async () => {
  const page = await house.signIn()
  const one = await aReturn(page, 'SFDOCK2')
  await page.goto(`${house.base}/receive`)
  await page.locator('[name=code]').fill('SFDOCK2')
  await page.keyboard.press('Enter')
  await page.locator('[data-arrive]').waitFor()
  let posts = 0
  page.on('request', (request) => (posts += request.method() === 'POST' && /arrive|inspect|photos/.test(request.url()) ? 1 : 0))
  await page.context().setOffline(true)
  await first(page, 'arrive').click()
  await page.locator('[data-grade=damaged]').click()
  await page.locator('[name=photo]').setInputFiles(picture())
  await page.locator('[data-photo] img').waitFor()
  await first(page, 'inspect').click()
  await page.getByText(said('ui.receive.offline', { n: 3 })).waitFor()
  // An answer that is lost on its way: the post is sent again with its key
  let lost = 0
  await page.route('**/arrive', async (route) => {
    if (lost++) return route.continue()
    await route.fetch()
    await route.abort('connectionreset')
  })
  await page.context().setOffline(false)
  await until('all of it is sent', async () => (await view(page, one)).inspections.length === 1)
  await page.locator('[data-waiting]').waitFor({ state: 'hidden' })
  const now = await view(page, one)
  assert.equal(now.inbound.length, 1)
  assert.equal(now.lines[0].arrived, 2)
  assert.equal(now.inspections[0].qty, 2)
  assert.ok(lost >= 2 && posts >= 4)

  // What the service refuses is shown, and stays until somebody decides
  await page.goto(`${house.base}/receive`)
  const other = await aReturn(page, 'SFDOCK3')
  await page.locator('[name=code]').fill('SFDOCK3')
  await page.keyboard.press('Enter')
  await page.locator('[data-arrive]').waitFor()
  await page.context().setOffline(true)
  await first(page, 'arrive').click()
  await page.locator('[data-unit]').waitFor()
  const elsewhere = await house.signIn()
  await post(elsewhere, `/cases/${other.id}/operations/${other.operation}/arrive`, { tracking: 'SFDOCK3' })
  await page.context().setOffline(false)
  await page.locator('[data-refused]').waitFor()
  await readable(page)
  await page.reload()
  await page.locator('[data-refused]').waitFor()
  page.once('dialog', (dialog) => dialog.accept())
  await page.locator('[data-drop]').click()
  await page.locator('[data-refused]').waitFor({ state: 'hidden' })
  house.quiet()
})

test('a parcel that nobody announced is recorded in two taps and matched at the desk', async () => {
  const page = await house.signIn()
  const one = await aReturn(page)
  await page.goto(`${house.base}/receive`)
  await page.locator('[name=code]').fill('YTNOBODY1')
  await page.keyboard.press('Enter')
  await page.locator('[data-nothing]').waitFor()
  await first(page, 'unknown').click()
  await readable(page)
  await first(page, 'record').click()
  await page.getByText(said('ui.receive.recorded', { code: 'YTNOBODY1' })).waitFor()
  await until('it is recorded', async () => (await api(page, '/unidentified_parcels')).items.some((parcel) => parcel.tracking === 'YTNOBODY1'))

  await page.goto(`${house.base}/parcels`)
  const parcel = (words) => page.locator('[data-parcel]', { hasText: words })
  await parcel('YTNOBODY1').locator('[data-act=match]').click()
  const dialog = page.locator('.el-dialog')
  await dialog.getByText(texts['ui.parcels.no_guess']).waitFor()
  await dialog.locator('input[type=search]').fill(one.order)
  await dialog.locator('[data-case]').first().click()
  await dialog.getByText(texts['ui.parcels.no_undo']).waitFor()
  await page.waitForTimeout(400) // faded in
  await readable(page)
  await dialog.locator('[data-act=send]').click()
  await dialog.waitFor({ state: 'hidden' })
  const now = await view(page, one)
  assert.equal(now.inbound[0].state, 'arrived')
  assert.equal(now.inbound[0].tracking, 'YTNOBODY1')
  await page.getByRole('button', { name: texts['word.parcel_state.matched'] }).click()
  await page.getByRole('link', { name: `#${one.number}` }).first().waitFor()

  // Written down at the desk, and disposed of
  await page.getByRole('button', { name: texts['word.parcel_state.open'] }).click()
  await page.locator('[data-act=record]').click()
  await dialog.locator('[data-act=send]').click()
  await dialog.getByText(texts['ui.parcels.say_something']).waitFor()
  await dialog.locator('[name=contents]').fill('一只杯子')
  await dialog.locator('[name=photo_ref]').setInputFiles(picture())
  await dialog.locator('[role=progressbar]').waitFor({ state: 'hidden' })
  await dialog.locator('[data-act=send]').click()
  await parcel('一只杯子').locator('.thumb img').waitFor()
  await parcel('一只杯子').locator('[data-act=dispose]').click()
  await dialog.locator('[data-act=send]').click()
  await parcel('一只杯子').waitFor({ state: 'hidden' })
  house.quiet()
})

/** What a camera sees that looks at this picture, as a video without end. */
async function filmed(page, svg) {
  const [width, height] = [1280, 720]
  const grey = await page.evaluate(async ([text, w, h]) => {
    const image = new Image()
    image.src = `data:image/svg+xml,${encodeURIComponent(text)}`
    await image.decode()
    const pen = Object.assign(document.createElement('canvas'), { width: w, height: h }).getContext('2d')
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, w, h)
    pen.drawImage(image, w / 6, h / 4, (w * 2) / 3, h / 2)
    return pen.getImageData(0, 0, w, h).data.filter((_, i) => i % 4 === 0).join()
  }, [svg, width, height])
  const frame = Buffer.concat([Buffer.from('FRAME\n'), Buffer.from(grey.split(',').map(Number)), Buffer.alloc((width * height) / 2, 128)])
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420mpeg2\n`), frame, frame])
}

test('a label that the desk printed is read by the camera', async () => {
  const page = await house.signIn()
  const one = await aReturn(page)
  const label = await api(page, `/cases/${one.id}/operations/${one.operation}/label`)
  writeFileSync(camera, await filmed(page, label.barcode_svg))
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${house.base}/receive`)
  await page.getByRole('button', { name: said('ui.receive.camera') }).click()
  await page.locator('[data-arrive]').waitFor()
  assert.equal(await page.locator('[name=code]').inputValue(), label.number)
  await page.getByText(one.number).first().waitFor()
  assert.equal(await page.locator('.scanner').count(), 0)
  house.quiet()
})
