import type { CaseView, TimelineEvent } from '../api/types'
import { word } from '../text/i18n'

/** Between whom the words of an event passed; '' when they belong to an act. */
export function noteKind({ type, data }: TimelineEvent): '' | 'internal' | 'to_customer' | 'from_customer' {
  if (type.startsWith('note_added/')) return (data as { kind: 'internal' }).kind
  return type.startsWith('info_asked/') ? 'to_customer' : ''
}

export function authorOf(event: TimelineEvent, view: CaseView): string {
  if (noteKind(event) === 'from_customer') return view.customer[0]?.name || word('role', 'customer')
  return event.actor_name || word('role', event.actor_role)
}
