import { reactive, ref } from 'vue'
import { newKey } from '../api/client'
import type { Schemas } from '../api/types'
import { t } from '../text/i18n'
import { enqueue } from './queue'
import { withPhotos, type Shot } from './shots'

export type Return = Schemas['ReceivingReturn']
export type Parcel = Return['parcels'][number]
export const grades = ['pass', 'opened', 'used', 'damaged', 'wrong_item', 'counterfeit'] as const
export const dispositions = ['restock', 'refurbish', 'return_to_supplier', 'scrap', 'return_to_customer', 'hold'] as const

export interface Finding {
  line: string
  qty: number
  grade: (typeof grades)[number]
  disposition: (typeof dispositions)[number]
}

/** One return in hand. Its counts go on with what is done here, whether the service has heard of it or not. */
export function useDock() {
  const current = ref<Return>()
  const parcel = ref<Parcel>()
  const counts = reactive<Record<string, number>>({})
  const done = ref<Finding[]>([])

  const nameOf = (id: string) => {
    const line = current.value?.lines.find((one) => one.order_line_id === id)
    return line?.name || line?.sku || ''
  }
  const url = (act: string) => `/api/v1/cases/${current.value!.case_id}/operations/${current.value!.operation_id}/${act}`
  const about = (act: 'arrive' | 'inspect') => `${t(`act.${act}`)} #${current.value!.case_number}`

  function open(item: Return, which = item.parcels[0]) {
    current.value = JSON.parse(JSON.stringify(item)) as Return
    done.value = []
    choose(item.lines.some((line) => line.arrived > line.inspected) && !which ? undefined : which)
  }
  function choose(which: Parcel | undefined) {
    parcel.value = which
    for (const key of Object.keys(counts)) delete counts[key]
    for (const line of which?.lines ?? []) counts[line.order_line_id] = line.qty
  }
  function close() {
    current.value = parcel.value = undefined
  }

  /** What was counted arrives; then it can be inspected. */
  async function arrive() {
    const lines = parcel.value!.lines.map((line) => ({ order_line_id: line.order_line_id, qty: counts[line.order_line_id] ?? 0 })).filter((line) => line.qty > 0)
    const { inbound_leg_id, tracking } = parcel.value!
    await enqueue([{ group: current.value!.operation_id, label: about('arrive'), url: url('arrive'), key: newKey(), body: { ...(inbound_leg_id ? { inbound_leg_id } : tracking ? { tracking } : {}), lines } }])
    for (const { order_line_id, qty } of lines) current.value!.lines.find((line) => line.order_line_id === order_line_id)!.arrived += qty
    parcel.value = undefined
  }
  async function inspect(finding: Finding, shots: Shot[]) {
    const { operation_id: group, shop_id } = current.value!
    const label = `${about('inspect')} ${nameOf(finding.line)} × ${finding.qty}`
    const photos = withPhotos(shop_id, group, t('ui.receive.photo_of', { what: label }), shots)
    const body = { order_line_id: finding.line, qty: finding.qty, grade: finding.grade, disposition: finding.disposition, ...(photos.ref ? { photo_ref: photos.ref } : {}) }
    await enqueue([...photos.posts, { group, label, url: url('inspect'), key: newKey(), body }])
    current.value!.lines.find((line) => line.order_line_id === finding.line)!.inspected += finding.qty
    done.value = [...done.value, finding]
  }
  return { current, parcel, counts, done, nameOf, open, choose, close, arrive, inspect }
}

/** A parcel that nobody announced. */
export async function record(shop: string, tracking: string, contents: string, shots: Shot[]) {
  const group = newKey()
  const label = t('ui.receive.unknown_of', { code: tracking })
  const photos = withPhotos(shop, group, t('ui.receive.photo_of', { what: label }), shots)
  const body = { shop_id: shop, tracking, ...(contents ? { contents } : {}), ...(photos.ref ? { photo_ref: photos.ref } : {}) }
  await enqueue([...photos.posts, { group, label, url: '/api/v1/unidentified_parcels', key: newKey(), body }])
}
