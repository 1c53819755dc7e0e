// The real program on a free port with demo data in a temporary folder, and a real browser in front of it.
import { AxeBuilder } from '@axe-core/playwright'
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { crc32, deflateSync } from 'node:zlib'
import { chromium } from 'playwright-core'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const bin = process.env.AFTERCARE_RELEASE_BIN || process.env.AFTERCARE_BIN || join(root, 'build/release/bin')
const plugins = process.env.AFTERCARE_PLUGINS || join(bin, '../plugins')
const consoleFolder = process.env.AFTERCARE_CONSOLE || join(root, 'app/console/dist')
const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

/** Starts the service, without the demo when `empty`. `camera`: a Y4M file that the browser's camera sees, once it is opened. `signIn(options)` opens a page in which the person is signed in; `stop()` ends all of it. */
export async function startHouse({ empty = false, camera } = {}) {
  assert.ok(existsSync(join(consoleFolder, 'index.html')), `no built console in ${consoleFolder}`)
  const data = mkdtempSync(join(tmpdir(), 'aftercare-e2e-'))
  const program = join(bin, 'aftercare')
  const made = empty ? undefined : spawnSync(program, ['demo', '--json', '--data', data, '--plugins', plugins], { encoding: 'utf8' })
  assert.equal(made?.status ?? 0, 0, `${made?.error ?? ''}${made?.stderr}`)
  const demo = made && JSON.parse(made.stdout)
  const server = spawn(program, ['serve', '--data', data, '--port', '0', '--console', consoleFolder, '--plugins', plugins, '--webhook-reach', 'lan'], { stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (log = (log + chunk).slice(-50_000)))
  let base = ''
  for (let i = 0; i < 300 && !base; i++) {
    if (server.exitCode !== null) break
    base = /listens on (http:\S+)/.exec(log)?.[1] ?? ''
    await sleep(100)
  }
  assert.ok(base, `the service did not start:\n${log}`)
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-gpu']
      .concat(camera ? ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${camera}`] : []),
  })

  /** What a page must not say: policy violations, script errors. Checked by `quiet()`. */
  const complaints = []
  async function open({ locale = 'zh-CN', theme = 'light', path = '/' } = {}) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale, colorScheme: theme, timezoneId: 'Asia/Shanghai' })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    page.on('console', (message) => {
      const text = message.text()
      // The browser reports every answer of 400 and more; a refusal is part of a journey.
      if ((message.type() === 'error' || message.type() === 'warning') && !/Failed to load resource/.test(text)) complaints.push(`${page.url()}: ${text}`)
    })
    page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.stack}`))
    await page.goto(base + path)
    return page
  }
  async function signIn(options = {}) {
    const page = await open({ ...options, path: '/sign-in' })
    await page.fill('input[name=username]', options.login ?? demo.login)
    await page.fill('input[name=password]', options.password ?? demo.password)
    await page.click('button[type=submit]')
    await page.waitForSelector('nav.rail')
    if (options.path) await page.goto(base + options.path)
    return page
  }

  return {
    base, data, demo, open, signIn,
    /** The code the service said at its start in an empty house. */
    setupCode: () => /setup code (\S+)/.exec(log)?.[1],
    /** Adds an admin of the whole installation, as an operator does. */
    addAdmin(login, password) {
      const added = spawnSync(program, ['user', 'add', '--login', login, '--roles', 'admin', '--password-stdin', '--data', data], { input: `${password}\n`, encoding: 'utf8' })
      assert.equal(added.status, 0, added.stderr)
    },
    quiet: () => assert.deepEqual(complaints, []),
    async stop() {
      await browser.close()
      if (server.exitCode === null) {
        server.kill('SIGTERM')
        await Promise.race([new Promise((done) => server.once('exit', done)), sleep(10_000).then(() => server.kill('SIGKILL'))])
      }
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** Nothing serious for axe in what is shown (`within`: in what opened over a page that was looked at before, which is far quicker), once it has stopped moving: half faded in, everything is too pale. */
export async function readable(page, name = page.url(), within = 'html') {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  await page.evaluate(() => Promise.race([Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))), new Promise((done) => setTimeout(done, 1_000))]))
  const { violations } = await new AxeBuilder({ page }).include(within).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  const serious = violations.filter((one) => one.impact === 'serious' || one.impact === 'critical')
  assert.deepEqual(serious.map((one) => `${name}: ${one.id} ${one.nodes[0].html.slice(0, 200)}`), [])
}

/** Asks the API as the page's person. */
export function api(page, path) {
  return page.evaluate(async (url) => (await fetch(url)).json(), `/api/v1${path}`)
}

/** A picture as a PNG file, of one colour. */
export function picture([red, green, blue] = [200, 80, 60], width = 400, height = 300) {
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data])
    const ends = Buffer.alloc(8)
    ends.writeUInt32BE(data.length, 0)
    ends.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2], 8)
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from([red, green, blue]))])
  const data = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))
  const buffer = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
  return { name: 'photo.png', mimeType: 'image/png', buffer }
}

/** The id of a photo that the page's person sent. */
export function photo(page, shop) {
  return page.evaluate(async ([url, base64]) => {
    const { csrf_token } = await (await fetch('/api/v1/session')).json()
    const body = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    return (await (await fetch(url, { method: 'POST', headers: { 'Content-Type': 'image/png', 'X-CSRF-Token': csrf_token }, body })).json()).id
  }, [`/api/v1/photos?shop_id=${shop}`, picture().buffer.toString('base64')])
}

/** Does something through the API as the page's person. */
export function post(page, path, body, version) {
  return page.evaluate(async ([url, text, match]) => {
    const { csrf_token } = await (await fetch('/api/v1/session')).json()
    const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf_token, 'Idempotency-Key': crypto.randomUUID(), ...match }
    return (await fetch(url, { method: 'POST', headers, body: text })).json()
  }, [`/api/v1${path}`, JSON.stringify(body), version ? { 'If-Match': `"${version}"` } : {}])
}
