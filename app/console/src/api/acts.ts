import { answer, client } from './client'
import type { Schemas, Verb, VerbBody } from './types'

export interface At {
  case_id: string
  operation_id: string
  version: number
}

/** Runs one act of the case as a whole. */
export function runMatter(command: string, at: Omit<At, 'operation_id'>, body: unknown, headers: Record<string, string>): Promise<Schemas['CaseChanged']> {
  const call = client.POST as unknown as (url: string, init: unknown) => Promise<{ data?: Schemas['CaseChanged']; error?: unknown; response: Response }>
  return answer(call(`/api/v1/cases/{case_id}/${command}`, { params: { path: { case_id: at.case_id } }, body, headers: { ...headers, 'If-Match': `"${at.version}"` } }))
}

/** Runs one act of one operation. Money and goods move once: the key comes from the caller's intention. */
export function runAct<V extends Verb>(verb: V, at: At, body: VerbBody<V>, headers: Record<string, string>): Promise<Schemas['CaseChanged']> {
  const path = { case_id: at.case_id, operation_id: at.operation_id }
  const call = client.POST as unknown as (url: string, init: unknown) => Promise<{ data?: Schemas['CaseChanged']; error?: unknown; response: Response }>
  return answer(call(`/api/v1/cases/{case_id}/operations/{operation_id}/${verb}`, {
    params: { path },
    body,
    headers: { ...headers, 'If-Match': `"${at.version}"` },
  }))
}
