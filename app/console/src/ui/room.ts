import { t } from '../text/i18n'

/** Bytes, as the service counts the length of a text. */
export const weight = (text: string) => new TextEncoder().encode(text).length

/** How much still fits into a text of at most `most` bytes, told in characters such as it has; undefined while there is plenty. */
export function room(text: string, most = 4000): { over: boolean; text: string } | undefined {
  const bytes = weight(text)
  if (bytes < most * 0.8) return undefined
  const per = bytes / [...text].length
  return bytes > most ? { over: true, text: t('ui.room_over', { n: Math.ceil((bytes - most) / per) }) } : { over: false, text: t('ui.room', { n: Math.floor((most - bytes) / per) }) }
}
