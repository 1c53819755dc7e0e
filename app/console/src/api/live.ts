import { onBeforeUnmount, ref } from 'vue'

export interface Hint {
  topic: string
  id: string
  version: number
}
type Listener = (hint: Hint | 'resync') => void

const listeners = new Set<Listener>()
let source: EventSource | undefined
/** False while the stream is broken; pages keep what they have. */
export const live = ref(true)

/** Hints, not data: something changed, whoever shows it asks again. */
export function startLive() {
  stopLive()
  source = new EventSource('/api/v1/live')
  const tell = (hint: Hint | 'resync') => listeners.forEach((listener) => listener(hint))
  source.addEventListener('open', () => {
    if (!live.value) tell('resync')
    live.value = true
  })
  source.addEventListener('error', () => (live.value = false))
  source.addEventListener('hint', (event) => {
    try {
      tell(JSON.parse((event as MessageEvent<string>).data) as Hint)
    } catch {
      tell('resync') // a hint that cannot be read still means that something changed
    }
  })
  source.addEventListener('resync', () => tell('resync'))
}

export function stopLive() {
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
