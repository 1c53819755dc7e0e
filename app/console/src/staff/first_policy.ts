import { zones as china } from '../../../../schema/policies/cn.json'
import { zones as europe } from '../../../../schema/policies/eu.json'

/** The shipped defaults that a shop's first policy can take over; none: the program's own terms. */
export const firstPolicies = ['cn', 'eu', 'none'] as const
export type FirstPolicy = (typeof firstPolicies)[number]

/** The one that a time zone suggests, as the service sees it. */
export const policyOfZone = (zone: string): FirstPolicy => (china.includes(zone) ? 'cn' : europe.includes(zone) ? 'eu' : 'none')
