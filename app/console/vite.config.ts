import { fileURLToPath } from 'node:url'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'

/** Writes x.gz beside every asset that shrinks, so that the service never compresses while somebody waits. */
function gzipAssets(): Plugin {
  return {
    name: 'aftercare-gzip',
    apply: 'build',
    closeBundle() {
      const walk = (folder: string) => {
        for (const name of readdirSync(folder)) {
          const path = join(folder, name)
          if (statSync(path).isDirectory()) walk(path)
          else if (/\.(js|css|html|svg|wasm)$/.test(name))
            writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: constants.Z_BEST_COMPRESSION }))
        }
      }
      walk(fileURLToPath(new URL('./dist', import.meta.url)))
    },
  }
}

/** Texts of pages that few open, and of the dialogs of acts, where a note may come behind. They are a file of their own, so that the queue does not wait. */
const seldom = ['policy', 'import', 'hours', 'roster', 'calendar', 'connector', 'webhook', 'plan', 'handover', 'approvals', 'receive', 'parcels', 'label', 'reject_words', 'report', 'errand', 'training', 'review', 'incident', 'ties', 'guide', 'article', 'quote', 'task', 'staff']
  .map((page) => `ui.${page}.`)
  .concat(['import_field', 'policy_rule', 'outbox_topic', 'outbound_purpose', 'review_state', 'task'].map((list) => `word.${list}.`), 'act_note.', 'event.')

/** schema/text/<language>.json?part=first is what every page needs, ?part=seldom the rest. */
function splitTexts(): Plugin {
  return {
    name: 'aftercare-texts',
    enforce: 'pre',
    load(id) {
      const [path, part] = id.split('?part=')
      if (!path || !part) return undefined
      const texts = Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>)
      const isSeldom = (key: string) => seldom.some((start) => key.startsWith(start))
      return JSON.stringify(Object.fromEntries(texts.filter(([key]) => isSeldom(key) === (part === 'seldom'))))
    },
  }
}

export default defineConfig({
  plugins: [vue(), splitTexts(), gzipAssets()],
  define: {
    __VUE_OPTIONS_API__: true, // Element Plus needs it
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_DROP_MESSAGE_COMPILER__: true, // text/i18n.ts brings its own: no eval under the content security policy
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    manifest: true,
    chunkSizeWarningLimit: 800,
  },
  test: { environment: 'node', include: ['src/**/*.test.ts', 'tests/*.test.ts'] },
} as Parameters<typeof defineConfig>[0])
