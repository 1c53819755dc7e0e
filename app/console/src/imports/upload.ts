import { reactive } from 'vue'
import { answer, client } from '../api/client'
import { Problem } from '../api/problem'
import type { ImportRun } from '../api/types'
import { t } from '../text/i18n'

export interface Upload {
  sent: number
  total: number
  stopped: boolean
  error?: Error
}
/** The uploads of this window, by import. They go on while other pages are looked at. */
export const uploads = reactive(new Map<string, Upload>())
addEventListener('beforeunload', (event) => {
  if ([...uploads.values()].some((one) => !one.error)) event.preventDefault()
})

const partBytes = 690_000
const pauses = [1, 2, 5, 10, 30] // seconds until a part is tried again

function base64(part: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader()
    reader.onload = () => done(String(reader.result).split(',', 2)[1]!)
    reader.onerror = () => failed(new Error(t('ui.import.file_gone')))
    reader.readAsDataURL(part)
  })
}

const passes = (error: unknown) => error instanceof Problem && (error.status === 0 || error.status === 429 || error.status >= 500 || error.code === 'part_out_of_order')

/** Sends the file from where the service has it. After an error it asks how much is there and goes on, five times in a row at most. */
export async function upload(run: Pick<ImportRun, 'id' | 'received'>, file: File): Promise<void> {
  const path = { import_id: run.id }
  uploads.set(run.id, { sent: run.received, total: file.size, stopped: false })
  const mine = uploads.get(run.id)!
  for (let tries = 0; mine.sent < mine.total && !mine.stopped;) {
    try {
      const data = await base64(file.slice(mine.sent, mine.sent + partBytes))
      mine.sent = (await answer(client.POST('/api/v1/imports/{import_id}/parts', { params: { path }, body: { offset: mine.sent, data } }))).received
      tries = 0
    } catch (error) {
      if (mine.stopped) break
      if (!passes(error) || tries === pauses.length) return void (mine.error = error as Error)
      await new Promise((done) => setTimeout(done, pauses[tries++]! * 1000))
      mine.sent = await answer(client.GET('/api/v1/imports/{import_id}', { params: { path } })).then((now) => now.received, () => mine.sent)
    }
  }
  uploads.delete(run.id)
}

/** A new import of a file, under way. */
export async function begin(shopId: string, kind: ImportRun['kind'], file: File): Promise<string> {
  const run = await answer(client.POST('/api/v1/imports', { body: { shop_id: shopId, kind, file_name: file.name, bytes: file.size } }))
  void upload(run, file)
  return run.id
}
