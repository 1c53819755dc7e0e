import { onBeforeUnmount, onMounted } from 'vue'

const quick = 60 // milliseconds between two keys; no hand types so
const shortest = 4

/** A scanner that types: a fast burst that ends with Enter, wherever the focus is. What it typed into a field is taken out again. */
export function useWedge(onCode: (code: string) => void) {
  let text = ''
  let last = 0
  function listen(event: KeyboardEvent) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const now = performance.now()
    if (now - last > quick) text = ''
    last = now
    if (event.key.length === 1) return void (text += event.key)
    if (event.key !== 'Enter' || text.length < shortest) return
    event.preventDefault()
    event.stopPropagation()
    const code = text
    text = ''
    const field = event.target
    if ((field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && field.value.endsWith(code)) {
      field.value = field.value.slice(0, -code.length)
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    onCode(code)
  }
  onMounted(() => window.addEventListener('keydown', listen, { capture: true }))
  onBeforeUnmount(() => window.removeEventListener('keydown', listen, { capture: true }))
}
