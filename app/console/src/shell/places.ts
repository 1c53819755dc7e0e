import type { IconName } from '../ui/icons'

/** Where one can go: by the palette, which also knows the words' first letters in pinyin, and by g and a letter. */
export interface Place {
  to: string
  label: string
  icon: IconName
  words: string
  key?: string
  permission?: string
}
export const places: Place[] = [
  { to: '/', label: 'ui.nav.home', icon: 'house', words: 'gzt home 工作台', key: 'h' },
  { to: '/cases', label: 'ui.nav.cases', icon: 'inbox', words: 'gd cases 工单', key: 'c' },
  { to: '/cases?view=mine', label: 'ui.view.mine', icon: 'inbox', words: 'wddb mine 我的待办' },
  { to: '/cases/new', label: 'ui.new_case', icon: 'plus', words: 'xj xz new 新建工单 退货', permission: 'open_cases' },
  { to: '/returns', label: 'ui.nav.returns', icon: 'undo-2', words: 'thh kb returns board 退换货 看板', key: 'b', permission: 'read_cases' },
  { to: '/receive', label: 'ui.nav.receive', icon: 'scan-line', words: 'shyh sh yh receive dock scan 收货验货 扫描', permission: 'receive_goods' },
  { to: '/parcels', label: 'ui.nav.parcels', icon: 'package-x', words: 'wtj parcels unknown 无头件' },
  { to: '/reports', label: 'ui.nav.reports', icon: 'chart-column', words: 'yyfx bb reports causes 原因分析 报表', permission: 'read_cases' },
  { to: '/knowledge', label: 'ui.nav.knowledge', icon: 'lightbulb', words: 'zsk zs knowledge articles 知识 话术 活动', key: 'k', permission: 'read_cases' },
  { to: '/training', label: 'ui.nav.training', icon: 'badge-check', words: 'px xx training 培训 学习', permission: 'read_cases' },
  { to: '/tasks', label: 'ui.nav.tasks', icon: 'list-checks', words: 'rw xz jb tasks errands 任务 协作 交办', key: 't', permission: 'read_cases' },
  { to: '/reviews', label: 'ui.nav.reviews', icon: 'star', words: 'pj cp hp reviews stars 评价 差评 好评', key: 'e', permission: 'read_cases' },
  { to: '/approvals', label: 'ui.nav.approvals', icon: 'shield-check', words: 'sp pz approvals inbox 审批 批准', key: 'a' },
  { to: '/handover', label: 'ui.nav.handover', icon: 'arrow-left-right', words: 'jjb jb handover shift 交接班', key: 'j' },
  { to: '/refunds', label: 'ui.nav.refunds', icon: 'banknote', words: 'tkdb tk refunds 退款待办', key: 'r' },
  { to: '/orders', label: 'ui.nav.orders', icon: 'shopping-bag', words: 'dd orders 订单', key: 'o' },
  { to: '/products', label: 'ui.nav.products', icon: 'package', words: 'sp products 商品' },
  { to: '/customers', label: 'ui.nav.customers', icon: 'users', words: 'kh customers 客户', key: 'u' },
  { to: '/admin/connectors', label: 'ui.nav.connectors', icon: 'plug', words: 'ljq connectors 连接器', key: 'p' },
  { to: '/admin/staff', label: 'ui.nav.staff', icon: 'user', words: 'yg dp staff shops 员工与店铺' },
  { to: '/import', label: 'ui.nav.import', icon: 'upload', words: 'dr import 导入', permission: 'import_data' },
  { to: '/admin/policies', label: 'ui.nav.policies', icon: 'file-text', words: 'zc policies 政策' },
  { to: '/revisits', label: 'ui.nav.revisits', icon: 'phone', words: 'hf revisits calls 回访', key: 'v' },
  { to: '/revisits/plans', label: 'ui.nav.plans', icon: 'list-checks', words: 'hfjh jh plans 回访计划' },
  { to: '/admin/hours', label: 'ui.nav.hours', icon: 'clock', words: 'gzsj yysj hours working 工作时间 营业时间' },
  { to: '/admin/rosters', label: 'ui.nav.rosters', icon: 'headset', words: 'pb zb rosters shifts duty 排班 值班' },
  { to: '/admin/calendar', label: 'ui.nav.calendar', icon: 'sun', words: 'fjap jjr calendar holidays 放假安排 节假日' },
]
