import { createRouter, createWebHistory } from 'vue-router'
import { away, loadKinds, loadSession, session, setupNeeded } from './api/session'
import { allTexts } from './text/i18n'

/** One line a screen. `narrow`: the rail shows icons only. `bare`: the page stands alone. */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/sign-in', name: 'sign_in', component: () => import('./pages/sign_in_page.vue'), meta: { title: 'ui.sign_in', open: true } },
    { path: '/setup', name: 'setup', component: () => import('./pages/setup_page.vue'), meta: { title: 'ui.setup.title', open: true } },
    { path: '/', name: 'home', component: () => import('./pages/home_page.vue'), meta: { title: 'ui.nav.home' } },
    { path: '/cases', name: 'cases', component: () => import('./pages/cases_page.vue'), meta: { title: 'ui.nav.cases' } },
    { path: '/cases/new', name: 'new_case', component: () => import('./pages/new_case_page.vue'), meta: { title: 'ui.new_case' } },
    { path: '/cases/:id', name: 'case', component: () => import('./pages/case_page.vue'), meta: { title: 'ui.nav.cases', narrow: true } },
    { path: '/returns', name: 'returns', component: () => import('./pages/returns_page.vue'), meta: { title: 'ui.nav.returns', narrow: true } },
    { path: '/labels/:id/:operation', name: 'label', component: () => import('./pages/label_page.vue'), meta: { title: 'ui.label.title', narrow: true } },
    { path: '/orders', name: 'orders', component: () => import('./pages/orders_page.vue'), meta: { title: 'ui.nav.orders' } },
    { path: '/orders/:id', name: 'order', component: () => import('./pages/order_page.vue'), meta: { title: 'ui.nav.orders' } },
    { path: '/customers', name: 'customers', component: () => import('./pages/customers_page.vue'), meta: { title: 'ui.nav.customers' } },
    { path: '/customers/:id', name: 'customer', component: () => import('./pages/customer_page.vue'), meta: { title: 'ui.nav.customers' } },
    { path: '/products', name: 'products', component: () => import('./pages/products_page.vue'), meta: { title: 'ui.nav.products' } },
    { path: '/products/:id', name: 'product', component: () => import('./pages/product_page.vue'), meta: { title: 'ui.nav.products' } },
    { path: '/parcels', name: 'parcels', component: () => import('./pages/parcels_page.vue'), meta: { title: 'ui.nav.parcels' } },
    { path: '/receive', name: 'receive', component: () => import('./pages/receive_page.vue'), meta: { title: 'ui.nav.receive', bare: true } },
    { path: '/reports', name: 'reports', component: () => import('./pages/reports_page.vue'), meta: { title: 'ui.nav.reports' } },
    { path: '/knowledge', name: 'knowledge', component: () => import('./pages/knowledge_page.vue'), meta: { title: 'ui.nav.knowledge' } },
    { path: '/tasks', name: 'tasks', component: () => import('./pages/tasks_page.vue'), meta: { title: 'ui.nav.tasks' } },
    { path: '/training', name: 'training', component: () => import('./pages/training_page.vue'), meta: { title: 'ui.nav.training' } },
    { path: '/reviews', name: 'reviews', component: () => import('./pages/reviews_page.vue'), meta: { title: 'ui.nav.reviews' } },
    { path: '/approvals', name: 'approvals', component: () => import('./pages/approvals_page.vue'), meta: { title: 'ui.nav.approvals' } },
    { path: '/handover', name: 'handover', component: () => import('./pages/handover_page.vue'), meta: { title: 'ui.nav.handover' } },
    { path: '/refunds', name: 'refunds', component: () => import('./pages/refunds_page.vue'), meta: { title: 'ui.nav.refunds' } },
    { path: '/revisits', name: 'revisits', component: () => import('./pages/revisits_page.vue'), meta: { title: 'ui.nav.revisits' } },
    { path: '/revisits/plans', name: 'plans', component: () => import('./pages/plans_page.vue'), meta: { title: 'ui.nav.plans' } },
    { path: '/admin/calendar', name: 'calendar', component: () => import('./pages/calendar_page.vue'), meta: { title: 'ui.nav.calendar' } },
    { path: '/admin/hours', name: 'hours', component: () => import('./pages/hours_page.vue'), meta: { title: 'ui.nav.hours' } },
    { path: '/admin/rosters', name: 'rosters', component: () => import('./pages/rosters_page.vue'), meta: { title: 'ui.nav.rosters' } },
    { path: '/admin/connectors', name: 'connectors', component: () => import('./pages/connectors_page.vue'), meta: { title: 'ui.nav.connectors' } },
    { path: '/admin/staff', name: 'staff', component: () => import('./pages/staff_page.vue'), meta: { title: 'ui.nav.staff' } },
    { path: '/admin/policies', name: 'policies', component: () => import('./pages/policies_page.vue'), meta: { title: 'ui.nav.policies' } },
    { path: '/import', name: 'imports', component: () => import('./pages/imports_page.vue'), meta: { title: 'ui.nav.import' } },
    { path: '/import/:id', name: 'import', component: () => import('./pages/import_page.vue'), meta: { title: 'ui.nav.import' } },
    { path: '/:rest(.*)', name: 'nowhere', component: () => import('./pages/nowhere_page.vue'), meta: { title: 'ui.nowhere' } },
  ],
})

declare module 'vue-router' {
  interface RouteMeta {
    title: string
    narrow?: boolean
    bare?: boolean
    open?: boolean
  }
}

/** Pages that need no texts of seldom pages. */
const first = ['sign_in', 'home', 'cases', 'orders', 'order', 'customers', 'customer']
router.beforeEach(async (to) => {
  if (session.value === undefined) {
    await loadSession()
    if (away.value) return true // the shell says so
  }
  if (!session.value && (to.name === 'setup') !== (await setupNeeded())) return { name: to.name === 'setup' ? 'sign_in' : 'setup' }
  if (!session.value && !to.meta.open) return { name: 'sign_in', query: to.fullPath === '/' ? {} : { to: to.fullPath } }
  if (session.value && to.meta.open) return { name: 'home' }
  if (session.value) await loadKinds().catch((error: Error) => (away.value = error))
  if (!first.includes(to.name as string)) await allTexts()
  return true
})
