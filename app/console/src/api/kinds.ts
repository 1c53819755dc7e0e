import { shallowRef } from 'vue'
import type { Kind } from './types'

/** What may be asked for, as the service says it: one entry a kind and way, the usual way of a kind first. Loaded with the session. */
export const table = shallowRef<readonly Kind[]>([])
