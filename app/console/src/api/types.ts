import type { components, paths } from './types.gen'

/** The wire's shapes by their names in the OpenAPI file. */
export type Schemas = components['schemas']
export type Case = Schemas['Case']
export type CaseRow = Schemas['CaseRow']
export type CaseView = Schemas['CaseView']
export type CaseCounts = Schemas['CaseCounts']
export type Act = Schemas['Act']
export type Operation = Schemas['Operation']
export type OperationLine = Schemas['OperationLine']
export type OrderView = Schemas['OrderView']
export type OrderLine = Schemas['OrderLine']
export type OrderRow = Schemas['OrderRow']
export type Quote = Schemas['Quote']
export type Clock = Schemas['Clock']
export type Customer = Schemas['Customer']
export type CustomerView = Schemas['CustomerView']
export type TimelineEvent = Schemas['TimelineEvent']
export type RefundRow = Schemas['RefundRow']
export type Connector = Schemas['Connector']
export type Plugin = Schemas['Plugin']
export type Session = Schemas['Session']
export type Shop = Schemas['Shop']
export type Staff = Schemas['Staff']
export type Policy = Schemas['Policy']
export type PolicyTerms = Schemas['PolicyTerms']
export type Revisit = Schemas['Revisit']
export type RevisitState = Revisit['state']
export type RevisitResult = NonNullable<Revisit['result']>
export type Plan = Schemas['Plan']
export type PlanTerms = Schemas['PlanTerms']
export type CalendarDay = Schemas['CalendarDay']
export type UnitRun = Schemas['UnitRun']
export type MoneyLeg = Schemas['MoneyLeg']
export type Header = Operation['header']
export type CaseKind = Case['kind']

type OperationPath = '/api/v1/cases/{case_id}/operations/{operation_id}/'
export type Verb = keyof paths extends infer P ? (P extends `${OperationPath}${infer V}` ? V : never) : never
export type VerbBody<V extends Verb> = paths[`${OperationPath}${V}`] extends { post: { requestBody?: { content: { 'application/json': infer B } } } } ? B : never
