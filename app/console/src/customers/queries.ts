import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { answer, client } from '../api/client'
import { can, session, shopFilter } from '../api/session'
import type { Schemas } from '../api/types'
import { useStaffNames } from '../imports/queries'
import { t } from '../text/i18n'

export type FactField = Schemas['CustomerFact']['field']
export type CustomerNote = Schemas['CustomerNote']
export type NoteKind = CustomerNote['kind']

export function useCustomer(id: Ref<string | undefined>) {
  return useQuery({
    queryKey: computed(() => ['customer', id.value]),
    queryFn: () => answer(client.GET('/api/v1/customers/{customer_id}', { params: { path: { customer_id: id.value! } } })),
    enabled: computed(() => !!id.value),
  })
}

export function useTags() {
  return useQuery({ queryKey: computed(() => ['customer_tags', shopFilter.value]), queryFn: () => answer(client.GET('/api/v1/customer_tags', { params: { query: { shop_id: shopFilter.value } } })) })
}

/** Where a value comes from, in words: 导入 · orders.csv, 订单 20261110, 周敏. */
export function useSources() {
  const imports = useQuery({ queryKey: ['imports', 'names'], queryFn: () => answer(client.GET('/api/v1/imports', { params: { query: { limit: 200 } } })), enabled: computed(() => can('import_data')), staleTime: 60_000 })
  const nameOf = useStaffNames()
  return (source: string | undefined): string => {
    const [, kind = '', ref = '', number = ''] = /^(\w+):?([^#]*)#?(.*)$/.exec(source ?? '') ?? []
    if (kind === 'import') {
      const file = imports.data.value?.items.find((run) => run.id === ref)?.file_name
      return file ? t('ui.source.import_file', { file }) : t('ui.source.import')
    }
    if (kind === 'order') return ref || number ? t('ui.source.order', { number: ref || number }) : t('ui.source.orders')
    if (kind === 'staff') return ref === session.value?.staff.id ? session.value.staff.name : nameOf(ref) || t('ui.colleague')
    if (kind === 'connector') return t('ui.col.connector')
    return t('ui.source.api')
  }
}
