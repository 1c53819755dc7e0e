import { ElMessage } from 'element-plus'
import { h } from 'vue'

export function toast(text: string, undo?: { label: string; run: () => void }) {
  if (!undo) {
    ElMessage({ message: text, grouping: true, duration: 4000 })
    return
  }
  const handle = ElMessage({
    duration: 8000,
    message: h('span', { class: 'row' }, [
      text,
      h('button', { class: 'link', type: 'button', onClick: () => { handle.close(); undo.run() } }, undo.label),
    ]),
  })
}

export function toastError(text: string) {
  ElMessage({ message: text, type: 'error', duration: 8000, showClose: true, grouping: true })
}
