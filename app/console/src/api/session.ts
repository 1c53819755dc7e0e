import { computed, ref } from 'vue'
import { answer, client, setCsrf } from './client'
import { table } from './kinds'
import { Problem, tellTimesIn } from './problem'
import type { Session } from './types'
import type { paths } from './types.gen'

/** Who is signed in; undefined before the first look, null when nobody. */
export const session = ref<Session | null | undefined>(undefined)

/** Why nobody knows yet who is signed in: the service did not answer. */
export const away = ref<Error>()

/** The shop chosen in the top bar; empty: all of mine. */
export const shopId = ref(localStorage.getItem('aftercare.shop') ?? '')
export function chooseShop(id: string) {
  shopId.value = id
  localStorage.setItem('aftercare.shop', id)
}
export const shopFilter = computed(() => shopId.value || undefined)

function take(view: Session) {
  session.value = view
  setCsrf(view.csrf_token ?? '')
  if (shopId.value && !view.shops.some((shop) => shop.id === shopId.value)) chooseShop('')
}

export async function loadSession(): Promise<void> {
  try {
    take(await answer(client.GET('/api/v1/session')))
  } catch (error) {
    if (error instanceof Problem && error.status === 401) session.value = null
    else away.value = error as Error
  }
}

export async function signIn(login: string, password: string): Promise<void> {
  take(await answer(client.POST('/api/v1/session', { body: { login, password } })))
}

let loading: Promise<void> | undefined
/** The kinds of operation, before the first page that asks for any; later calls cost nothing. */
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

let empty: boolean | undefined
/** True while nobody is there yet: the first to come sets the house up. */
export async function setupNeeded(): Promise<boolean> {
  empty ??= (await answer(client.GET('/api/v1/setup')).catch(() => undefined))?.needed
  return empty ?? false
}

export async function setUp(body: paths['/api/v1/setup']['post']['requestBody']['content']['application/json']): Promise<void> {
  take(await answer(client.POST('/api/v1/setup', { body })))
  empty = false
}

export async function signOut(): Promise<void> {
  try {
    await answer(client.DELETE('/api/v1/session'))
  } catch (error) {
    if (!(error instanceof Problem && error.status === 401)) throw error // over already
  }
  session.value = null
}

export function can(permission: string): boolean {
  return session.value?.permissions.includes(permission) ?? false
}

export function shopOf(id: string | undefined) {
  return session.value?.shops.find((shop) => shop.id === id)
}
/** The shop that something new is for, unless another is chosen. */
export const shopHere = () => shopFilter.value ?? session.value?.shops[0]?.id ?? ''
/** The zone of a shop's times; of this desk's first shop where none is named. */
export const zoneOf = (shop?: string) => (shopOf(shop) ?? shopOf(shopHere()))?.zone ?? 'UTC'
tellTimesIn(zoneOf)
