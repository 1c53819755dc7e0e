import { onHints } from './live'
import { answer, client } from './client'
import { session } from './session'
import { setHours, setSpecialDays } from '../ui/worktime'

const kBefore = 60, kAfter = 120
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

/** What is left of a promise counts its shop's hours and skips the days off of its zone: asked once, and when a calendar changes. */
export function followDaysOff() {
  async function load() {
    for (const shop of session.value?.shops ?? []) {
      try {
        setHours(shop.id, (await answer(client.GET('/api/v1/shops/{shop_id}/hours', { params: { path: { shop_id: shop.id } } }))).hours)
      } catch {
        return // the usual hours, until the next look
      }
    }
    const zones = new Map((session.value?.shops ?? []).map((shop) => [shop.zone, shop.id]))
    for (const [zone, shop_id] of zones) {
      try {
        const days = await answer(client.GET('/api/v1/calendar', { params: { query: { from: day(-kBefore), to: day(kAfter), shop_id } } }))
        setSpecialDays(zone, new Map(days.items.filter((one) => one.mark !== 'none').map((one) => [one.date, one.works])))
      } catch {
        return // the week alone, until the next look
      }
    }
  }
  onHints(['calendar'], load)
  return load
}
