import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'

interface Chunk {
  file: string
  css?: string[]
  imports?: string[]
  isDynamicEntry?: boolean
}
const dist = join(import.meta.dirname, '../dist')
const manifest = join(dist, '.vite/manifest.json')
const budget: Record<string, number> = { 'src/pages/cases_page.vue': 220 }

/** Everything the browser must fetch before a route shows: the entry, the route and what every page needs of one language. */
function weight(route: string, chunks: Record<string, Chunk>): number {
  const files = new Set<string>()
  const visit = (name: string) => {
    const chunk = chunks[name]!
    if (files.has(chunk.file)) return
    files.add(chunk.file)
    chunk.css?.forEach((file) => files.add(file))
    chunk.imports?.forEach(visit)
  }
  visit('index.html')
  visit(route)
  visit('../../schema/text/zh-CN.json?part=first')
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length, 0) / 1024
}

test('the console is built: npm run build', () => expect(existsSync(manifest)).toBe(true))

describe('bundle', () => {
  const chunks = existsSync(manifest) ? (JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, Chunk>) : {}
  const routes = Object.keys(chunks).filter((name) => name.startsWith('src/pages/') && chunks[name]!.isDynamicEntry)
  test('there are routes', () => expect(routes.length).toBeGreaterThan(10))
  test.each(routes)('%s is light', (route) => {
    const kilobytes = weight(route, chunks)
    expect(kilobytes).toBeLessThanOrEqual(budget[route] ?? 300)
  })
})
