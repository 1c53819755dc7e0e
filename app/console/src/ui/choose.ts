import type { IconName } from './icons'

/** A line of a menu beside something. `why`: it cannot be chosen, and this is the reason. */
export interface Choice {
  value: string
  label: string
  icon: IconName
  hint?: string
  why?: string
}
