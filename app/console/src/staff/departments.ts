/** Where work is asked for, and who is on duty where. */
export const departments = ['service', 'lead', 'warehouse', 'finance', 'quality', 'product', 'logistics', 'technical'] as const
export type Department = (typeof departments)[number]
/** In which department somebody of a role works; who has several counts where the first of them does. */
export const roleTeams: [string, Department][] = [['lead', 'lead'], ['agent', 'service'], ['warehouse', 'warehouse'], ['technician', 'warehouse'], ['finance', 'finance'], ['quality', 'quality']]
