import { fileURLToPath } from 'node:url'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'

/** Writes x.gz beside every text asset, so that the service never compresses while somebody waits. */
function gzipAssets(): Plugin {
  return {
    name: 'aftercare-gzip',
    apply: 'build',
    closeBundle() {
      const walk = (folder: string) => {
        for (const name of readdirSync(folder)) {
          const path = join(folder, name)
          if (statSync(path).isDirectory()) walk(path)
          else if (/\.(js|css|html|svg)$/.test(name))
            writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: constants.Z_BEST_COMPRESSION }))
        }
      }
      walk(fileURLToPath(new URL('./dist', import.meta.url)))
    },
  }
}

export default defineConfig({
  plugins: [vue(), gzipAssets()],
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
