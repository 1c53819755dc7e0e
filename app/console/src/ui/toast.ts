import { ElMessage } from 'element-plus'
import { h } from 'vue'
import { keyOf } from './keys'

let last: (() => void) | undefined

export function toast(text: string, undo?: { label: string; run: () => void }) {
  if (!undo) {
    ElMessage({ message: text, grouping: true, duration: 4000 })
    return
  }
  const run = () => {
    handle.close()
    undo.run()
  }
  const handle = ElMessage({
    duration: 8000,
    message: h('span', { class: 'row' }, [text, h('button', { class: 'link row tight', type: 'button', onClick: run }, [undo.label, h('kbd', { 'aria-hidden': 'true' }, keyOf('u'))])]),
    onClose: () => last === run && (last = undefined),
  })
  last = run
}

/** What the last toast offers to take back, while it stands. */
export function undoLast() {
  const run = last
  last = undefined
  run?.()
}

export function toastError(text: string) {
  ElMessage({ message: text, type: 'error', duration: 8000, showClose: true, grouping: true })
}
