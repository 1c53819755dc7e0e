import { ref, watch } from 'vue'

export type Theme = 'auto' | 'light' | 'dark'
export const theme = ref<Theme>((localStorage.getItem('aftercare.theme') as Theme | null) ?? 'auto')
const system = matchMedia('(prefers-color-scheme: dark)')
export const dark = ref(document.documentElement.classList.contains('dark'))

function show() {
  dark.value = theme.value === 'dark' || (theme.value === 'auto' && system.matches)
  document.documentElement.classList.toggle('dark', dark.value)
}
system.addEventListener('change', show)
watch(theme, (value) => {
  localStorage.setItem('aftercare.theme', value)
  show()
})

export function toggleTheme() {
  theme.value = dark.value ? 'light' : 'dark'
}
