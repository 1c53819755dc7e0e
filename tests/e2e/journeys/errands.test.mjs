// Work that belongs to no case: a lead gives it, an agent finishes it; somebody new is led through a training; whoever goes off hands over every open case.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { api, startHouse } from '../support.mjs'

let house
before(async () => (house = await startHouse()))
after(async () => house.stop())

const texts = JSON.parse(readFileSync(new URL('../../../schema/text/zh-CN.json', import.meta.url), 'utf8'))
const person = (login) => ({ login, password: house.demo.password })

test('a lead gives a task by a key, the agent sees it come, finishes it, and the lead reads what came of it', async () => {
  const lead = await house.signIn({ ...person('zhoumin'), path: '/tasks' })
  const agent = await house.signIn({ ...person('linke'), path: '/tasks' })
  const { staff } = await api(agent, '/session')
  await lead.locator('h1').waitFor()
  await lead.keyboard.press('n')
  const dialog = lead.locator('.el-dialog')
  await dialog.locator('[data-act=send]').click()
  await dialog.locator('[role=alert]').first().waitFor() // without a title nothing is given
  await dialog.locator('[name=title]').fill('盘点赠品')
  await dialog.locator('[name=to]').selectOption(staff.id)
  await dialog.locator('[name=due]').fill('2020-01-01T09:00')
  await dialog.locator('[data-act=send]').click()
  await dialog.getByText(texts['ui.field_error.in_the_past']).waitFor()
  await dialog.locator('[name=due]').fill('2099-01-01T09:00')
  await dialog.locator('[name=words]').fill('B 区货架')
  await dialog.locator('[data-act=send]').click()
  await dialog.waitFor({ state: 'hidden' })

  const row = agent.locator('tr[data-code=errand]', { hasText: '盘点赠品' }) // without reading the page again
  await row.waitFor()
  await row.locator('td').nth(2).click()
  await agent.keyboard.press('f')
  const work = agent.locator('.el-dialog')
  await work.getByText('B 区货架').waitFor()
  assert.equal(await work.locator('[data-act=drop]').count(), 0) // whoever was given it does not drop it
  await work.locator('[name=note]').fill('一共 36 份')
  await work.locator('[data-act=send]').click()
  await row.waitFor({ state: 'detached' })

  await lead.goto(`${house.base}/tasks?scope=given`)
  const given = lead.locator('tr[data-code=errand]', { hasText: '盘点赠品' })
  await given.getByText(texts['word.errand_state.done']).waitFor()
  await given.locator('[data-act=finish]').click()
  await lead.locator('[data-part=result]', { hasText: '一共 36 份' }).waitFor()
  house.quiet()
})

test('what waits for a department is taken by whoever works there', async () => {
  const hall = await house.signIn({ ...person('hanlei'), path: '/tasks?scope=team' })
  const row = hall.locator('tr[data-code=errand]', { hasText: '清点退货区' })
  await row.locator('[data-act=finish]').click()
  await hall.locator('.el-dialog [data-act=take]').click()
  await row.waitFor({ state: 'detached' })
  await hall.goto(`${house.base}/tasks`)
  await row.waitFor()
  house.quiet()
})

test('somebody new is led through a training: each step is a task, and the lead sees how far they are', async () => {
  const lead = await house.signIn({ ...person('zhoumin'), path: '/training' })
  const agent = await house.signIn({ ...person('linke') })
  const { staff } = await api(agent, '/session')
  const start = async () => {
    await lead.locator('[data-training=新客服入门] [data-act=start]').click()
    await lead.locator('.el-dialog [name=staff]').selectOption(staff.id)
    await lead.locator('.el-dialog [data-act=send]').click()
  }
  await start()
  const run = lead.locator(`[data-part=run][data-staff="${staff.name}"]`)
  await run.waitFor()
  await start()
  await lead.locator('.el-dialog [role=alert]', { hasText: staff.name }).waitFor() // it runs already
  await lead.locator('.el-dialog').getByRole('button', { name: texts['ui.cancel'] }).click()

  await agent.goto(`${house.base}/training`)
  assert.equal(await agent.locator('[data-act=start]').count(), 0)
  await agent.locator('[data-step=open]').first().click()
  await agent.locator('.el-dialog [data-part=article]').click()
  await agent.locator('article', { hasText: '安抚、核实' }).waitFor()
  await agent.goto(`${house.base}/training`)
  await agent.locator('[data-step=open]').first().click()
  await agent.locator('.el-dialog [data-act=send]').click()
  await agent.locator('[data-step=done]').first().waitFor()
  await run.locator('[data-part=done]', { hasText: '1 / 4' }).waitFor() // the lead's page follows
  house.quiet()
})

test('a lead writes a training of two steps, and leads somebody through it', async () => {
  const lead = await house.signIn({ ...person('zhoumin'), path: '/training' })
  const agent = await house.signIn(person('xujianing'))
  const { staff } = await api(agent, '/session')
  await lead.click('[data-act=add]')
  const dialog = lead.locator('.el-dialog')
  await dialog.locator('[data-act=send]').click()
  await dialog.locator('[role=alert]', { hasText: texts['ui.training.bad_step'] }).waitFor() // a step is to say what is to be done
  await dialog.locator('[name=title]').fill('质检入门')
  await dialog.locator('[data-act=add-step]').click()
  for (const [i, [words, days]] of [['读一遍质检标准', '0'], ['跟一天质检', '3']].entries()) {
    const step = dialog.locator('[data-part=step]').nth(i)
    await step.locator('input').first().fill(words)
    await step.locator('input').last().fill(days)
    if (!i) await step.locator('select').selectOption({ label: '电话投诉四步' })
  }
  await dialog.locator('[data-act=send]').click()
  await dialog.waitFor({ state: 'hidden' })
  const plan = lead.locator('[data-training=质检入门]')
  await plan.waitFor()
  assert.deepEqual(await plan.locator('li').allInnerTexts().then((all) => all.map((one) => one.replace(/\s+/g, ' '))), ['1. 读一遍质检标准 第 0 天', '2. 跟一天质检 第 3 天'])
  await plan.locator('[data-act=start]').click()
  await dialog.locator('[name=staff]').selectOption(staff.id)
  await dialog.locator('[data-act=send]').click()
  const run = lead.locator(`[data-part=run][data-staff="${staff.name}"]`, { hasText: '质检入门' })
  await run.locator('[data-part=done]', { hasText: '0 / 2' }).waitFor()
  assert.equal(await run.locator('[data-step=open]').count(), 2)
  await agent.goto(`${house.base}/tasks`)
  await agent.locator('tr[data-code=errand]', { hasText: '跟一天质检' }).waitFor()
  await agent.locator('tr[data-code=errand]', { hasText: '读一遍质检标准' }).locator('[data-act=finish]').click()
  await agent.locator('.el-dialog [data-part=article]').waitFor()
  await agent.locator('.el-dialog [data-act=send]').click()
  await run.locator('[data-part=done]', { hasText: '1 / 2' }).waitFor()
  house.quiet()
})

test('a handover holds every open case, also those of which nothing was promised or offered', async () => {
  const page = await house.signIn({ ...person('zhoumin'), path: '/handover' })
  await page.locator('[data-group=others] tbody tr').first().waitFor()
  const { shops } = await api(page, '/session')
  const { all_open: open } = await api(page, `/cases/counts?shop_id=${shops[0].id}`)
  const { items, left_out: more = 0 } = await api(page, `/handovers/sheet?shop_id=${shops[0].id}`)
  assert.equal(items.length + more, open)
  assert.equal(await page.locator('[data-number]').count(), items.length)
  house.quiet()
})
