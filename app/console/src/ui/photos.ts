import { upload } from '../api/client'
import type { Schemas } from '../api/types'

/** A `photo_ref` names photos of ours by their ids, or something of a program's own. */
export const refParts = (ref: string | undefined) => (ref ?? '').split(' ').filter(Boolean)
export const isPhoto = (part: string) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(part)
export const mostPhotos = 7 // as many ids fit into a photo_ref

const longest = 2560 // the service keeps no more; less goes over a warehouse's network
const heavy = 2_000_000

/** A photo as it is sent, and a small picture of it as a data: address. What this browser cannot read goes as it is: the service says why not. */
export async function prepared(file: Blob): Promise<{ blob: Blob; preview: string }> {
  let bitmap: ImageBitmap
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    return { blob: file, preview: '' }
  }
  const long = Math.max(bitmap.width, bitmap.height)
  const preview = drawn(bitmap, 240 / long).toDataURL('image/jpeg', 0.8)
  if (long <= longest && file.size <= heavy && /^image\/(jpeg|png|webp)$/.test(file.type)) return { blob: file, preview }
  const blob = await new Promise<Blob | null>((done) => drawn(bitmap, longest / long).toBlob(done, 'image/jpeg', 0.9))
  return { blob: blob ?? file, preview }
}

function drawn(bitmap: ImageBitmap, scale: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * Math.min(1, scale)))
  canvas.height = Math.max(1, Math.round(bitmap.height * Math.min(1, scale)))
  const context = canvas.getContext('2d')!
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return canvas
}

/** Sends one photo; the same key again is the same photo. */
export function sendPhoto(shop: string, blob: Blob, key: string, progress?: (share: number) => void): Promise<Schemas['Photo']> {
  return upload<Schemas['Photo']>(`/api/v1/photos?shop_id=${encodeURIComponent(shop)}`, blob, { 'Idempotency-Key': key }, progress)
}
