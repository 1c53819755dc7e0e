import { ref } from 'vue'

/** The page's one clock: everything that shows a remaining time reads it. */
export const now = ref(Date.now())
setInterval(() => (now.value = Date.now()), 15_000)
