import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { live, onHints, startLive, stopLive } from './live'

class Stream extends EventTarget {
  static readonly CLOSED = 2
  static all: Stream[] = []
  readyState = 1
  constructor() {
    super()
    Stream.all.push(this)
  }
  close() {
    this.readyState = Stream.CLOSED
  }
  /** What the browser does after an answer that is no stream. */
  refused() {
    this.close()
    this.dispatchEvent(new Event('error'))
  }
  hint(topic: string, id: string, version = 1) {
    this.dispatchEvent(Object.assign(new Event('hint'), { data: JSON.stringify({ topic, id, version }) }))
  }
}
vi.mock(import('vue'), async (original) => ({ ...(await original()), onBeforeUnmount: () => undefined }))

beforeEach(() => {
  vi.useFakeTimers()
  Stream.all = []
  vi.stubGlobal('EventSource', Stream)
  vi.stubGlobal('window', globalThis)
})
afterEach(() => {
  stopLive()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a stream that was refused is asked for again, ever less often, until it opens or is stopped', () => {
  startLive()
  for (const pause of [2, 4, 8, 16, 30, 30]) {
    const before = Stream.all.length
    Stream.all.at(-1)!.refused()
    vi.advanceTimersByTime(pause * 1000 - 1)
    expect(Stream.all.length).toBe(before)
    vi.advanceTimersByTime(1)
    expect(Stream.all.length).toBe(before + 1)
  }
  expect(live.value).toBe(false)
  Stream.all.at(-1)!.dispatchEvent(new Event('open'))
  expect(live.value).toBe(true)
  Stream.all.at(-1)!.refused()
  stopLive()
  const before = Stream.all.length
  vi.advanceTimersByTime(60_000)
  expect(Stream.all.length).toBe(before)
})

test('hints are asked about once a moment, and only those that matter', () => {
  let asked = 0
  onHints(['case'], () => asked++, { id: () => 'a', version: () => 3 })
  startLive()
  const stream = Stream.all[0]!
  stream.hint('order', 'a', 9)
  stream.hint('case', 'b', 9)
  stream.hint('case', 'a', 3)
  vi.advanceTimersByTime(1000)
  expect(asked).toBe(0)
  for (let i = 4; i < 9; i++) stream.hint('case', 'a', i)
  vi.advanceTimersByTime(1000)
  expect(asked).toBe(1)
  stream.dispatchEvent(new Event('resync'))
  vi.advanceTimersByTime(1000)
  expect(asked).toBe(2)
})
