import { useQueryClient } from '@tanstack/vue-query'
import { ref, type Ref } from 'vue'
import { answer, client } from '../api/client'
import type { ImportRun, Schemas } from '../api/types'

export type Mapping = Schemas['ImportMapping']

/** The mapping as wanted here. Each change is sent; while one is under way the last one waits, and only that is sent then. */
export function useMapping(run: Ref<ImportRun>, fail: (error: Error | undefined) => void) {
  const queries = useQueryClient()
  const wanted = ref<Mapping>({ ...run.value.mapping })
  const busy = ref(false)
  let waits = false
  async function send() {
    if (busy.value) return void (waits = true)
    busy.value = true
    const key = ['import', run.value.id]
    try {
      const sheet = await answer(client.POST('/api/v1/imports/{import_id}/mapping', { params: { path: { import_id: run.value.id } }, body: { mapping: wanted.value } }))
      queries.setQueryData([...key, 'sheet'], sheet)
      fail(undefined)
    } catch (error) {
      fail(error as Error)
    }
    await queries.invalidateQueries({ queryKey: key, exact: true })
    busy.value = false
    if (waits) {
      waits = false
      await send()
    }
  }
  function change(part: Partial<Mapping>) {
    wanted.value = { ...wanted.value, ...part }
    void send()
  }
  return { wanted, busy, change }
}
