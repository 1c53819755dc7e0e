import { onHints } from './live'
import { answer, client } from './client'
import { session } from './session'
import { setSpecialDays } from '../ui/worktime'

const kBefore = 60, kAfter = 120
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

/** What is left of a promise skips the days off of its shop's zone: asked once, and when a calendar changes. */
export function followDaysOff() {
  async function load() {
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
