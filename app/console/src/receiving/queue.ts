import { computed, shallowRef, toRaw } from 'vue'
import { answer, client, upload } from '../api/client'
import { Problem } from '../api/problem'
import { session } from '../api/session'
import type { Schemas } from '../api/types'
import { t } from '../text/i18n'

/** What the dock has done and the service has not heard yet. Each post keeps its key, so that it counts once however often it is sent. */
export interface Post {
  seq?: number
  staff: string
  group: string // posts of one group wait behind the first of them that was refused
  label: string
  url: string
  key: string
  body?: Record<string, unknown>
  blob?: Blob
  local?: string // of a photo: what later posts call it until it has an id
  refused?: string
}

const all = shallowRef<Post[]>([])
/** Those of whoever is signed in, in their order; another's wait until they come back. */
export const posts = computed(() => all.value.filter((post) => post.staff === session.value?.staff.id))
export const waiting = computed(() => posts.value.filter((post) => !post.refused).length)
export const refused = computed(() => posts.value.filter((post) => post.refused))

let opened: Promise<IDBDatabase> | undefined
function base(): Promise<IDBDatabase> {
  opened ??= new Promise((done, failed) => {
    const request = indexedDB.open('aftercare-dock', 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('posts', { keyPath: 'seq', autoIncrement: true })
      request.result.createObjectStore('photos') // local name → id
    }
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(new Error(t('ui.receive.no_store')))
  })
  return opened
}

/** One transaction; what `work` asks for is the answer once it is on the disk. */
async function change<T>(work: (store: (name: 'posts' | 'photos') => IDBObjectStore) => IDBRequest<T> | void): Promise<T | undefined> {
  const transaction = (await base()).transaction(['posts', 'photos'], 'readwrite')
  const request = work((name) => transaction.objectStore(name))
  return new Promise((done, failed) => {
    transaction.oncomplete = () => done(request ? request.result : undefined)
    transaction.onerror = transaction.onabort = () => failed(new Error(t('ui.receive.no_store')))
  })
}
/** Without Vue's proxies, which no database takes. */
function plain({ blob, ...rest }: Post): Post {
  return { ...(JSON.parse(JSON.stringify(rest)) as Post), ...(blob ? { blob: toRaw(blob) } : {}) }
}
async function load() {
  all.value = (await change((store) => store('posts').getAll() as IDBRequest<Post[]>)) ?? []
}

/** Keeps posts, all or none, and begins to send. */
export async function enqueue(more: Omit<Post, 'staff'>[]) {
  await change((store) => more.forEach((post) => store('posts').add({ ...post, staff: session.value!.staff.id })))
  await load()
  void replay()
}

async function send(post: Post): Promise<void> {
  const headers = { 'Idempotency-Key': post.key }
  if (post.blob) {
    const { id } = await upload<Schemas['Photo']>(post.url, post.blob, headers)
    await change((store) => store('photos').put(id, post.local!))
    return
  }
  const body = { ...post.body }
  if (typeof body.photo_ref === 'string') {
    const names = body.photo_ref.split(' ')
    body.photo_ref = (await Promise.all(names.map(async (name) => (await change((store) => store('photos').get(name) as IDBRequest<string | undefined>)) ?? name))).join(' ')
  }
  const call = client.POST as unknown as (url: string, init: unknown) => Promise<{ data?: unknown; error?: unknown; response: Response }>
  await answer(call(post.url, { body, headers }))
}

const passes = (error: unknown) => !(error instanceof Problem) || error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500

let sending = false
/** Sends what waits, in order, until the network is away. A refusal holds back its group alone, and stays to be read. */
export async function replay() {
  if (sending || !session.value) return
  sending = true
  try {
    await load()
    const held = new Set(refused.value.map((post) => post.group))
    for (let next; (next = posts.value.find((post) => !post.refused && !held.has(post.group))); ) {
      const { seq } = next
      try {
        await send(next)
        await change((store) => store('posts').delete(seq!))
      } catch (error) {
        if (passes(error)) break
        held.add(next.group)
        const kept = { ...plain(next), refused: (error as Problem).whole }
        await change((store) => store('posts').put(kept))
      }
      await load()
    }
    if (!all.value.length) await change((store) => store('photos').clear())
  } finally {
    sending = false
  }
}

/** A refused post is sent once more, with all that waits behind it. */
export async function again(post: Post) {
  const { refused: _, ...rest } = plain(post)
  await change((store) => store('posts').put(rest))
  await load()
  await replay()
}
/** Gives up a refused post; what waited behind it goes on. */
export async function drop(post: Post) {
  await change((store) => store('posts').delete(post.seq!))
  await load()
  await replay()
}

/** Follows the network while a page lives. */
export function follow(): () => void {
  const wake = () => void replay()
  const timer = setInterval(() => waiting.value && wake(), 10_000)
  addEventListener('online', wake)
  document.addEventListener('visibilitychange', wake)
  wake()
  return () => {
    clearInterval(timer)
    removeEventListener('online', wake)
    document.removeEventListener('visibilitychange', wake)
  }
}
