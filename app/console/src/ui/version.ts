import { useQueryClient } from '@tanstack/vue-query'
import { ref } from 'vue'

interface Listed {
  items?: { id: string; version: number }[]
}

/** The version of a listed thing that its form was opened on. Hints move the list; the form goes along only when it was told that it is stale. */
export function useVersion(list: string, id: string | undefined) {
  const queries = useQueryClient()
  const known = () => Math.max(0, ...queries.getQueriesData<Listed>({ queryKey: [list] }).flatMap(([, data]) => data?.items ?? []).filter((one) => one.id === id).map((one) => one.version))
  const version = ref(known())
  async function onStale() {
    await queries.invalidateQueries({ queryKey: [list] })
    version.value = known()
  }
  return { version, onStale }
}
