import './ui/element'
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { Problem } from './api/problem'
import { router } from './router'
import Shell from './shell/shell.vue'
import { i18n, locale, useLocale } from './text/i18n'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      // A refusal stays a refusal; only a service that is away is asked again.
      retry: (count, error) => count < 2 && error instanceof Problem && (error.status === 0 || error.status === 503),
    },
  },
})

await useLocale(locale.value)
createApp(Shell).use(router).use(i18n).use(VueQueryPlugin, { queryClient: queries }).mount('#app')
