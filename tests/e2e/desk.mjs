// What journeys of the case page have in common: its words, its acts, its stages.
import { readFileSync } from 'node:fs'
import { api } from './support.mjs'

export const texts = JSON.parse(readFileSync(new URL('../../schema/text/zh-CN.json', import.meta.url), 'utf8'))
export const choose = (dialog, list, word) => dialog.getByRole('radio', { name: texts[`word.${list}.${word}`], exact: true }).first().click()
export const say = (words) => (dialog) => dialog.locator('[name=note]').fill(words)
export const view = (page) => api(page, `/cases/${page.url().split('/').at(-1)}`)
export const stage = (page, word) => page.locator('header .st', { hasText: texts[`word.stage.${word}`] }).first().waitFor()
/** Noon so many days from now as a date field takes it; the browser's zone is the shop's. */
const noon = (days) => `${new Date(Date.now() + (24 * days + 8) * 3_600_000).toISOString().slice(0, 10)}T12:00`
export const tomorrow = () => noon(1)
export const yesterday = () => noon(-1)

/** Opens the dialog of an act where it stands: a button, or an entry of ⋯. The page may still be following the act before. */
export async function pick(page, command) {
  const button = page.locator(`.acts [data-act="${command}"]:not([disabled])`).first()
  const entry = page.getByRole('menuitem', { name: new RegExp(`^${texts[`act.${command}`]}`) })
  await page.locator('.acts').waitFor()
  for (let tries = 0; ; ++tries) {
    if (await button.isVisible()) {
      await button.click()
      break
    }
    await page.locator('[data-act=more]').click()
    await page.getByRole('menuitem').first().waitFor()
    if (tries === 20 || (await entry.isVisible())) {
      await entry.click()
      break
    }
    await page.keyboard.press('Escape')
    await page.waitForTimeout(200)
  }
  const dialog = page.locator('.el-dialog')
  await dialog.locator('[data-act=send]').waitFor()
  return dialog
}
export async function act(page, command, fill = async () => {}) {
  const dialog = await pick(page, command)
  await fill(dialog)
  await dialog.locator('[data-act=send]').click()
  await dialog.locator('[data-act=send]').waitFor({ state: 'hidden' })
}
