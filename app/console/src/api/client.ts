import createClient from 'openapi-fetch'
import { ref } from 'vue'
import { locale, t } from '../text/i18n'
import { Problem, toProblem } from './problem'
import type { paths } from './types.gen'

/** The only fetch of the console. Every answer passes `answer()`, every refusal becomes a Problem. */
export const client = createClient<paths>({ baseUrl: '' })

/** A key that nobody had before. crypto.randomUUID is missing where the console is opened by http:// and an address of the local net. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

let csrf = ''
export function setCsrf(token: string) {
  csrf = token
}

/** Grows when the service said 401: the shell then shows the sign-in page. */
export const signedOut = ref(0)
export const offline = ref(!navigator.onLine)
addEventListener('online', () => (offline.value = false))
addEventListener('offline', () => (offline.value = true))

client.use({
  onRequest({ request }) {
    request.headers.set('Accept-Language', locale.value)
    if (request.method !== 'GET') request.headers.set('X-CSRF-Token', csrf)
    if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) request.headers.set('Idempotency-Key', newKey())
    return request
  },
})

interface Reply<T> {
  data?: T
  error?: unknown
  response: Response
}

export async function answer<T>(call: Promise<Reply<T>>): Promise<T> {
  let reply: Reply<T>
  try {
    reply = await call
  } catch {
    throw new Problem(0, 'offline', t('ui.error.offline'))
  }
  if (reply.response.ok) return reply.data as T
  if (reply.response.status === 401 && !reply.response.url.endsWith('/api/v1/session')) signedOut.value++
  throw toProblem(reply.response.status, reply.error)
}

/** Sends bytes as they are, which fetch cannot tell the progress of. Answers and refusals are as with `answer()`. */
export function upload<T>(url: string, bytes: Blob, headers: Record<string, string>, progress?: (share: number) => void): Promise<T> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.responseType = 'json'
    for (const [name, value] of Object.entries({ 'Accept-Language': locale.value, 'X-CSRF-Token': csrf, 'Content-Type': bytes.type || 'application/octet-stream', ...headers })) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => event.lengthComputable && progress?.(event.loaded / event.total)
    request.onerror = () => failed(new Problem(0, 'offline', t('ui.error.offline')))
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) return done(request.response as T)
      if (request.status === 401) signedOut.value++
      failed(toProblem(request.status, request.response))
    }
    request.send(bytes)
  })
}

/** Keys for one intention: the same body sent again (after a lost connection) carries the same key. */
export function intention() {
  let last = ''
  let key = ''
  return (body: unknown): { 'Idempotency-Key': string } => {
    const text = JSON.stringify(body)
    if (text !== last || !key) {
      last = text
      key = newKey()
    }
    return { 'Idempotency-Key': key }
  }
}
