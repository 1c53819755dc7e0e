/** Where work is asked for, and who is on duty where. */
export const departments = ['service', 'lead', 'warehouse', 'finance', 'quality', 'product', 'logistics', 'technical'] as const
