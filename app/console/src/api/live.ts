import { onBeforeUnmount, ref } from 'vue'

export interface Hint {
  topic: string
  id: string
  version: number
}
type Listener = (hint: Hint | 'resync') => void

const listeners = new Set<Listener>()
const kFirstPause = 2_000, kLongestPause = 30_000
let source: EventSource | undefined
let again = 0
let pause = kFirstPause
/** False while the stream is broken; pages keep what they have. */
export const live = ref(true)

/** Hints, not data: something changed, whoever shows it asks again. */
export function startLive() {
  stopLive()
  pause = kFirstPause
  connect()
}

function connect() {
  const stream = new EventSource('/api/v1/live')
  source = stream
  const tell = (hint: Hint | 'resync') => listeners.forEach((listener) => listener(hint))
  stream.addEventListener('open', () => {
    pause = kFirstPause
    if (!live.value) tell('resync')
    live.value = true
  })
  stream.addEventListener('error', () => {
    live.value = false
    // A line that broke is taken up again by the browser; after an answer other than 200 it gives up for good.
    if (stream !== source || stream.readyState !== EventSource.CLOSED) return
    again = window.setTimeout(connect, pause)
    pause = Math.min(pause * 2, kLongestPause)
  })
  stream.addEventListener('hint', (event) => {
    try {
      tell(JSON.parse((event as MessageEvent<string>).data) as Hint)
    } catch {
      tell('resync') // a hint that cannot be read still means that something changed
    }
  })
  stream.addEventListener('resync', () => tell('resync'))
}

export function stopLive() {
  clearTimeout(again)
  source?.close()
  source = undefined
}

/** Calls `listener` for every hint while the component lives. */
export function onHint(listener: Listener) {
  listeners.add(listener)
  onBeforeUnmount(() => listeners.delete(listener))
}

/** Calls `ask` once, a moment after the first of the hints about `topics`, while the component lives. `id`: about this one thing only;
    `version`: the one that is shown, so that one's own act is not read twice. */
export function onHints(topics: readonly string[], ask: () => unknown, { id, version, wait = 400 }: { id?: () => string | undefined; version?: () => number | undefined; wait?: number } = {}) {
  let timer = 0
  onHint((hint) => {
    if (timer || (hint !== 'resync' && (!topics.includes(hint.topic) || (id && hint.id !== id()) || (version && hint.version <= (version() ?? 0))))) return
    timer = window.setTimeout(() => {
      timer = 0
      void ask()
    }, wait)
  })
  onBeforeUnmount(() => clearTimeout(timer))
}
