import { onBeforeUnmount, onMounted, ref, watch } from 'vue'

type Handlers = Record<string, (event: KeyboardEvent) => void>

/** Keys of one letter, digit or sign; off for those who speak to their machine or press keys by accident. */
export const letters = ref(globalThis.localStorage?.getItem('aftercare.letters') !== 'off') // no storage under test
watch(letters, (on) => localStorage.setItem('aftercare.letters', on ? 'on' : 'off'))

/** Keys that a person put in the place of the usual ones, by the usual one. Kept on this device, for each person of it. */
const moved = ref<Record<string, string>>({})
let person = ''
export function keysOf(staffId: string) {
  person = staffId
  moved.value = JSON.parse(localStorage.getItem(`aftercare.keys.${staffId}`) ?? '{}') as Record<string, string>
}
export const keysMoved = () => Object.keys(moved.value).length > 0
/** What a person presses for a usual key. */
export const keyOf = (usual: string) => moved.value[usual] ?? usual
/** The usual key of what was pressed. */
export function usualOf(pressed: string): string {
  const small = pressed.toLowerCase()
  const usual = Object.keys(moved.value).find((one) => moved.value[one] === small) ?? small
  return pressed === small ? usual : usual.toUpperCase()
}
/** Puts a usual key on another one. They change places, so that each key does one thing. */
export function moveKey(usual: string, pressed: string) {
  const next = { ...moved.value, [usualOf(pressed)]: keyOf(usual), [usual]: pressed }
  keep(Object.fromEntries(Object.entries(next).filter(([one, now]) => one !== now)))
}
export const usualKeys = () => keep({})
function keep(next: Record<string, string>) {
  moved.value = next
  localStorage.setItem(`aftercare.keys.${person}`, JSON.stringify(next))
}

/** True while keys belong to somebody else: typing, an input method, a modifier, an open dialog, or nobody wants them. */
export function keysAreTaken(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return true
  if (!letters.value && event.key.length === 1 && event.key !== ' ') return true
  const target = event.target as HTMLElement | null
  if (target?.closest('input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=menu], [role=listbox]')) return true
  if ((event.key === 'Enter' || event.key === ' ') && target?.closest('button, a, input, [role=button]')) return true
  return anyDialogOpen()
}

export function anyDialogOpen(): boolean {
  return [...document.querySelectorAll('.el-overlay')].some((overlay) => (overlay as HTMLElement).offsetParent !== null || getComputedStyle(overlay).display !== 'none')
}

/** Single-letter keys of a page. A handler that is called has the key: the browser's own act does not run. */
export function useKeys(handlers: Handlers) {
  const listen = (event: KeyboardEvent) => {
    const handler = handlers[event.key.length === 1 ? usualOf(event.key) : event.key]
    if (!handler || event.defaultPrevented || keysAreTaken(event)) return
    event.preventDefault()
    handler(event)
  }
  onMounted(() => window.addEventListener('keydown', listen))
  onBeforeUnmount(() => window.removeEventListener('keydown', listen))
}

/** True for Ctrl+Enter and Cmd+Enter outside an input method. */
export function isSend(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing && event.keyCode !== 229
}
