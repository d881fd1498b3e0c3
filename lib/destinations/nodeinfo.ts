/**
 * What a server runs, by its nodeinfo (nodeinfo.diaspora.software, protocol and schemas 2.0 and 2.1; FEP-f1d5): `/.well-known/nodeinfo` names the document. Pure and total.
 */
import type { Answer } from '../model/index.ts'

export interface NodeInfo { /** As it calls itself, in lower case: `mastodon`, `sharkey`, … */ software: string; version?: string; open?: boolean; title?: string }

type Json = Record<string, unknown>
const object = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {})
const jsonOf = (answer: Answer): Json => {
  if (answer.status !== 200) return {}
  try {
    return object(JSON.parse(typeof answer.body === 'string' ? answer.body : new TextDecoder().decode(answer.body)))
  } catch {
    return {}
  }
}
const words = (value: unknown, most: number): string | undefined => (typeof value === 'string' && value.trim() ? [...value.trim().toWellFormed()].slice(0, most).join('') : undefined)

/** @returns the address of the newest document that it names, on the same host and by https; undefined where there is none */
export const nodeInfoAt = (answer: Answer, host: string): string | undefined => {
  const { links } = jsonOf(answer)
  const found = (Array.isArray(links) ? links : []).slice(0, 20).flatMap(one => {
    const { rel, href } = object(one)
    const [, schema] = typeof rel === 'string' ? (/\/ns\/schema\/(2\.\d)$/.exec(rel) ?? []) : []
    return schema && typeof href === 'string' && URL.canParse(href) && new URL(href).protocol === 'https:' && new URL(href).host === host ? [{ schema, href }] : []
  })
  return found.toSorted((a, b) => (a.schema < b.schema ? 1 : -1))[0]?.href
}

/** @returns undefined where it says nothing */
export const readNodeInfo = (answer: Answer): NodeInfo | undefined => {
  const all = jsonOf(answer)
  const { name, version } = object(all['software'])
  const software = words(name, 60)?.toLowerCase()
  if (!software) return undefined
  const open = all['openRegistrations']
  const known = { software, version: words(version, 100), open: typeof open === 'boolean' ? open : undefined, title: words(object(all['metadata'])['nodeName'], 200) }
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) as unknown as NodeInfo
}
