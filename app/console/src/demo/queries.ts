import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { answer, client } from '../api/client'
import { can, loadSession, session } from '../api/session'

/** Whoever keeps the whole installation may bring the demo shop and take it away. */
export const keepsHouse = computed(() => can('manage_staff') && !!session.value?.all_shops)
export const demoShop = computed(() => session.value?.shops.find((shop) => shop.demo))

export function useDemo() {
  return useQuery({ queryKey: ['demo'], queryFn: () => answer(client.GET('/api/v1/demo')), staleTime: 0 })
}

/** The login and password of the demo's people; the password is told this once. */
export async function bringDemo() {
  const made = await answer(client.POST('/api/v1/demo'))
  await loadSession()
  return made
}

export async function removeDemo() {
  const gone = await answer(client.DELETE('/api/v1/demo'))
  await loadSession()
  return gone
}
