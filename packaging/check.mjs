// The smoke test: starts the given program on a free port with a temporary data folder and walks one return through the HTTP
// API, from an order to the money back, as the people who would do it. Prints what it saw; exits with 0 or 1.
import { spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const program = process.argv[2]
const data = mkdtempSync(join(tmpdir(), 'aftercare-check-'))
const say = (text) => console.log(`    ${text}`)
const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

class Refused extends Error {}
function expect(what, seen, wanted) {
  if (JSON.stringify(seen) !== JSON.stringify(wanted))
    throw new Error(`${what}: expected ${JSON.stringify(wanted)}, saw ${JSON.stringify(seen)}`)
  say(`${what}: ${typeof seen === 'string' ? seen : JSON.stringify(seen)}`)
}

function freePort() {
  return new Promise((done) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}

/** One signed-in person. */
class Person {
  constructor(base) {
    this.base = base
  }
  async call(method, path, body) {
    const headers = { Accept: 'application/json', 'Accept-Language': 'en' }
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    if (method !== 'GET') headers['Idempotency-Key'] = randomUUID()
    if (this.cookie) headers.Cookie = this.cookie
    if (this.csrf && method !== 'GET') headers['X-CSRF-Token'] = this.csrf
    const reply = await fetch(this.base + path, { method, headers, body: JSON.stringify(body) })
    const answer = await reply.json()
    if (!reply.ok) throw Object.assign(new Refused(`${method} ${path}: ${reply.status} ${JSON.stringify(answer)}`), { answer })
    const cookie = reply.headers.get('set-cookie')
    if (cookie) this.cookie = cookie.split(';')[0]
    return answer
  }
  get(path) {
    return this.call('GET', `/api/v1/${path}`)
  }
  post(path, body) {
    return this.call('POST', `/api/v1/${path}`, body)
  }
  async refused(path, body) {
    try {
      await this.post(path, body)
    } catch (error) {
      if (error instanceof Refused) return error.answer.code
      throw error
    }
    return 'accepted'
  }
  async signIn(login, password) {
    const session = await this.post('session', { login, password })
    this.csrf = session.csrf_token
    return session
  }
}

/** Asks until the answer is there; what the plugins do comes a little later. */
async function wait(what, ask) {
  for (let i = 0; i < 300; ++i) {
    const answer = await ask()
    if (answer) return answer
    await sleep(200)
  }
  throw new Error(`${what}: nothing within a minute`)
}

function anOrder(shop) {
  const day = 86_400_000
  return {
    shop_id: shop,
    number: 'CHECK-1',
    customer: { external_ref: 'CHECK', name: 'Li Lei', phone: '13800138000' },
    lines: [
      { sku: 'CUP', name: 'Cup', qty: 3, unit_price_minor: 1999, discount_minor: 0 },
      { sku: 'TEA', name: 'Tea', qty: 1, unit_price_minor: 5000, discount_minor: 0 },
    ],
    discount_minor: 100,
    shipping_minor: 0,
    payments: [{ provider: 'manual', reference: 'CHECK-PAY', captured_minor: 10_897 }],
    placed_at: Date.now() - 3 * day,
    delivered_at: Date.now() - day,
  }
}

const money = (view) => view.money.map((m) => [m.captured_minor, m.promised_minor, m.in_flight_minor, m.refunded_minor]).flat()
const units = (view, line) => {
  const sum = {}
  for (const run of view.units) if (run.order_line_id === line) sum[run.bucket] = (sum[run.bucket] ?? 0) + run.qty
  return sum
}

/** What the warehouse would put into the shared folder, complete at once. */
function drop(folder, name, rows) {
  const path = join(folder, name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${path}.part`, rows.map((row) => row.join(',') + '\r\n').join(''))
  utimesSync(`${path}.part`, new Date(), new Date(Date.now() - 60_000)) // as if complete for a while
  renameSync(`${path}.part`, path)
}

async function connectors(admin) {
  const list = await wait('plugins ready', async () => {
    const { items } = await admin.get('connectors')
    return items.length > 1 && items.every((each) => each.state === 'ready') && items
  })
  say(`plugins: ${list.map((each) => each.plugin).join(', ')}`)
  return list
}

/** An order, and a case that asks for its three cups back. */
async function openCase(admin, agent, shop) {
  const view = await admin.post('orders', anOrder(shop))
  const order = view.order
  const cup = view.lines.find((line) => line.sku === 'CUP')
  say(`order ${order.number}: ${order.total_minor / 100} ${order.currency}`)
  const open = (qty) => ({
    shop_id: shop,
    order_id: order.id,
    topic: 'cups come back',
    request: { lines: [{ order_line_id: cup.id, qty }], reason: 'no_longer_wanted' },
  })
  expect('asking for 4 cups of 3', (await agent.refused('cases', open(4))) !== 'accepted', true)
  const { case_id } = await agent.post('cases', open(3))
  return { order, cup, path: `cases/${case_id}` }
}

async function walk(base, demo) {
  const [admin, agent, finance] = [new Person(base), new Person(base), new Person(base)]
  const session = await admin.signIn(demo.login, demo.password)
  await agent.signIn('linke', demo.password)
  await finance.signIn('fangxiao', demo.password)
  const warehouse = (await connectors(admin)).find((each) => each.plugin === 'warehouse_files').settings.folder

  const { order, cup, path } = await openCase(admin, agent, session.shops[0].id)
  const look = () => agent.get(path)
  let now = await look()
  const operation = now.operations[0].id
  const act = (who, verb, body) => who.post(`${path}/operations/${operation}/${verb}`, body)
  say(`case ${now.case.number}: ${now.operations[0].header}`)
  if (now.operations[0].decision === 'requested') await act(agent, 'approve', {})
  now = await look()
  expect('after approval', now.operations[0].decision, 'approved')
  const promised = now.operations[0].quote.net_minor

  const announced = await wait('announcement at the warehouse', () => {
    const folder = join(warehouse, 'returns')
    const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('RETURN-')) : []
    return files.find((name) => readFileSync(join(folder, name), 'utf8').includes(cup.id))
  })
  say(`the warehouse read ${announced}`)
  const key = announced.slice('RETURN-'.length, -'.csv'.length)
  const parcels = [['CHECK-SF-1', 2], ['CHECK-SF-2', 1]]
  for (const [tracking, qty] of parcels)
    await act(agent, 'ship_back', { carrier: 'SF', tracking, lines: [{ order_line_id: cup.id, qty }] })
  drop(join(warehouse, 'receipts'), 'check.csv', [
    ['receipt_id', 'key', 'order_line_id', 'qty', 'tracking'],
    ...parcels.map(([tracking, qty]) => [`R-${tracking}`, key, cup.id, qty, tracking]),
  ])
  await wait('parcels arrived', async () => (now = await look()).lines[0].arrived === 3)
  say('both parcels arrived, out of a file')
  drop(join(warehouse, 'inspections'), 'check.csv', [
    ['inspection_id', 'key', 'order_line_id', 'qty', 'grade', 'disposition'],
    ['I-CHECK-1', key, cup.id, 3, 'pass', 'restock'],
  ])
  await wait('cups inspected and accepted', async () => (now = await look()).lines[0].accepted === 3)
  say('three cups inspected and accepted, out of a file')

  await act(finance, 'submit_refund', {})
  const attempt = (await look()).attempts.find((each) => each.state === 'submitted')
  await act(finance, 'refund_result', { attempt_id: attempt.id, result: 'ok', provider_ref: 'CHECK-REFUND' })
  now = await look()
  const after = await agent.get(`orders/${order.id}`)
  expect('after the refund', now.operations[0].header, 'settled')
  expect('cups', units(after, cup.id), { returned: 3 })
  expect('money [captured, promised, in flight, refunded]', money(after), [10_897, 0, 0, promised])
  const again = `${path}/operations/${operation}/submit_refund`
  expect('refunding once more', (await finance.refused(again, {})) !== 'accepted', true)
}

async function ready(base, server) {
  for (let i = 0; i < 200; ++i) {
    if (server.exitCode !== null) throw new Error(`the service ended with ${server.exitCode}`)
    const reply = await fetch(`${base}/readyz`).catch(() => undefined)
    if (reply?.ok) return
    await sleep(100)
  }
  throw new Error('the service was not ready within 20 seconds')
}

function run(...parameters) {
  const done = spawnSync(program, [...parameters, '--data', data], { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${parameters[0]} failed: ${done.stderr}${done.stdout}`)
  return done.stdout
}

let server
let failure
let log = ''
try {
  const demo = JSON.parse(run('demo', '--json'))
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  server = spawn(program, ['serve', '--data', data, '--port', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (log = (log + chunk).slice(-20_000)))
  await ready(base, server)
  await walk(base, demo)
  expect('check of every ledger and state', run('check').trim() !== '', true)
} catch (error) {
  failure = error
}
if (server && server.exitCode === null) {
  server.kill('SIGTERM')
  await Promise.race([new Promise((done) => server.once('exit', done)), sleep(10_000).then(() => server.kill('SIGKILL'))])
}
rmSync(data, { recursive: true, force: true })
if (failure) {
  console.error(`${log}\nThe walk failed: ${failure.message}`)
  process.exit(1)
}
console.log('    The walk went well.')
process.exit(0)
