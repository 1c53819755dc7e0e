import { useQuery } from '@tanstack/vue-query'
import { answer, client } from '../api/client'
import type { Connector } from '../api/types'
import { word } from '../text/i18n'
import type { IconName } from '../ui/icons'
import type { Tone } from '../ui/tones'

export function useConnectors() {
  return useQuery({ queryKey: ['connectors'], queryFn: () => answer(client.GET('/api/v1/connectors')), refetchInterval: 15_000 })
}
export function usePlugins() {
  return useQuery({ queryKey: ['plugins'], queryFn: () => answer(client.GET('/api/v1/plugins')), staleTime: 300_000 })
}

const errors: [RegExp, string][] = [
  [/no answer in time|deadline/, 'deadline'], [/ended with|crashed/, 'crashed'], [/no frame|makes no sense|cannot be read|8 MiB|protocol/, 'protocol'],
  [/not_loadable|manifest_mismatch|speaks door|load failed/, 'not_loadable'], [/spawn_failed/, 'spawn_failed'], [/circuit_open/, 'circuit_open'],
]
/** What the host said of a plugin, in words first: it ended, it hung, it spoke nonsense. */
export function errorWords(error: string): string {
  const known = errors.find(([pattern]) => pattern.test(error))
  return known ? `${word('host_error', known[1])} · ${error}` : error
}

const looks: Record<string, [Tone, IconName]> = {
  ready: ['done', 'check'], starting: ['move', 'refresh-cw'], backoff: ['wait', 'clock'], quarantined: ['bad', 'ban'], stopped: ['idle', 'power'], absent: ['bad', 'circle-help'],
}
/** The state word and its look; a connector that is switched off is `off`, one nobody reported on is `silent`. */
export function healthOf(connector: Pick<Connector, 'enabled' | 'state'>): { word: string; look: [Tone, IconName] } {
  if (!connector.enabled) return { word: 'off', look: ['idle', 'power'] }
  const state = connector.state || 'silent'
  return { word: state, look: looks[state] ?? ['idle', 'circle-help'] }
}
