import { shallowRef } from 'vue'
import { answer, client } from './client'
import type { Kind } from './types'

/** What may be asked for, as the service says it: one entry a kind and way, the usual way of a kind first. */
export const table = shallowRef<readonly Kind[]>([])
let loading: Promise<void> | undefined
/** Before the first page that asks for anything; later calls cost nothing. */
export function loadKinds(): Promise<void> {
  loading ??= answer(client.GET('/api/v1/operation_kinds')).then(
    ({ items }) => void (table.value = items),
    (error) => {
      loading = undefined
      throw error
    },
  )
  return loading
}
