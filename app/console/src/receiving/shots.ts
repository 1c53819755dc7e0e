import type { Post } from './queue'

/** A photo on this device. */
export interface Shot {
  key: string
  blob: Blob
  preview: string
}

/** Posts that send photos, and the photo_ref by which a later post of the group names them. */
export function withPhotos(shop: string, group: string, label: string, shots: Shot[]): { posts: Omit<Post, 'staff'>[]; ref: string } {
  const name = (shot: Shot) => `local:${shot.key}`
  const posts = shots.map((shot) => ({ group, label, url: `/api/v1/photos?shop_id=${encodeURIComponent(shop)}`, key: shot.key, blob: shot.blob, local: name(shot) }))
  return { posts, ref: shots.map(name).join(' ') }
}
