import { answer, client, newKey } from '../api/client'
import { can } from '../api/session'
import { t } from '../text/i18n'
import type { IconName } from '../ui/icons'
import { useAct } from '../ui/submit'
import type { Tone } from '../ui/tones'

/** How a message to the outside stands. */
export const outboxLooks: Record<string, [Tone, IconName]> = { pending: ['wait', 'clock'], done: ['done', 'check'], dead: ['bad', 'circle-x'] }

/** Sends again what was given up. `after` reads the list again, whatever became of it. */
export function useResend(after: () => unknown) {
  const { busy: sending, run } = useAct()
  const resends = () => can('manage_connectors') || can('override_rules')
  async function resend(id: string) {
    await run(id, () => answer(client.POST('/api/v1/messages/{message_id}/send_again', { params: { path: { message_id: id }, header: { 'Idempotency-Key': newKey() } } })), t('ui.connector.sent_again'))
    await after()
  }
  return { resends, sending, resend }
}
