import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { answer, client } from '../api/client'

export function useCustomer(id: Ref<string | undefined>) {
  return useQuery({
    queryKey: computed(() => ['customer', id.value]),
    queryFn: () => answer(client.GET('/api/v1/customers/{customer_id}', { params: { path: { customer_id: id.value! } } })),
    enabled: computed(() => !!id.value),
  })
}
