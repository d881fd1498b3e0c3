/**
 * What a server runs, by its nodeinfo (nodeinfo.diaspora.software, protocol and schemas 2.0 and 2.1; FEP-f1d5): `/.well-known/nodeinfo` names the document. Pure and total.
 */
import type { Answer } from '../model/index.ts'
import { jsonOf, object, text, type Json } from './json.ts'

export interface NodeInfo { /** As it calls itself, in lower case: `mastodon`, `sharkey`, … */ software: string; version?: string; open?: boolean; title?: string }

const said = (answer: Answer): Json => (answer.status === 200 ? object(jsonOf(answer)) : {})

/** @returns the address of the newest document that it names, on the same host and by https; undefined where there is none */
export const nodeInfoAt = (answer: Answer, host: string): string | undefined => {
  const { links } = said(answer)
  const found = (Array.isArray(links) ? links : []).slice(0, 20).flatMap(one => {
    const { rel, href } = object(one)
    const [, schema] = typeof rel === 'string' ? (/\/ns\/schema\/(2\.\d)$/.exec(rel) ?? []) : []
    return schema && typeof href === 'string' && URL.canParse(href) && new URL(href).protocol === 'https:' && new URL(href).host === host ? [{ schema, href }] : []
  })
  return found.toSorted((a, b) => (a.schema < b.schema ? 1 : -1))[0]?.href
}

/** @returns undefined where it says nothing */
export const readNodeInfo = (answer: Answer): NodeInfo | undefined => {
  const all = said(answer)
  const { name, version } = object(all['software'])
  const software = text(name, 60)?.toLowerCase()
  if (!software) return undefined
  const open = all['openRegistrations']
  const known = { software, version: text(version, 100), open: typeof open === 'boolean' ? open : undefined, title: text(object(all['metadata'])['nodeName'], 200) }
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) as unknown as NodeInfo
}
