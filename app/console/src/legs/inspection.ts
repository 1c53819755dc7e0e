import { t } from '../text/i18n'

export interface InspectionLine {
  order_line_id: string
  label: string
  max: number
}
export interface Row {
  line: string
  qty: number
  grade: string
  disposition: string
  photo_ref: string
  sending: boolean
  key: (body: unknown) => { 'Idempotency-Key': string }
  sent: boolean
}

/** Where goods of a grade usually go. */
export function firstDisposition(grade: string): string {
  const usual: Record<string, string> = { pass: 'restock', opened: 'restock', used: 'refurbish', damaged: 'scrap', wrong_item: 'return_to_customer', counterfeit: 'hold' }
  return usual[grade] ?? 'hold'
}

/** Why a row cannot be sent yet, in words. */
export function wrongRow(row: Pick<Row, 'line' | 'qty' | 'grade' | 'photo_ref'> & { sent?: boolean; sending?: boolean }, rows: (Pick<Row, 'line' | 'qty'> & { sent?: boolean })[], lines: InspectionLine[]): string | undefined {
  if (row.sent) return undefined
  const max = lines.find((line) => line.order_line_id === row.line)?.max ?? 0
  const sum = rows.filter((one) => one.line === row.line && !one.sent).reduce((all, one) => all + (Number(one.qty) || 0), 0)
  if (!Number.isInteger(row.qty) || row.qty < 1) return t('ui.field_error.qty')
  if (sum > max) return t('ui.field_error.qty_over', { n: max })
  if (row.sending) return t('ui.photo.sending')
  if (row.grade !== 'pass' && !row.photo_ref.trim()) return t('ui.field_error.photo')
  return undefined
}
