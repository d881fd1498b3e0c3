/** Asking a server about itself, and whom of the list its blocks concern. */
import { useEffect, useState } from 'preact/hooks'
import { blockedAmong, nodeInfoAt, readBlocks, readInstance, readNodeInfo, serverQuestions, type Blocks, type ServerFacts } from '../../lib/destinations/index.ts'
import type { AccountKey, Answer } from '../../lib/model/index.ts'
import { hostOf } from '../../lib/reach/address.ts'
import { isTicked } from '../../lib/store/tally.ts'
import type { NoFacts, Source } from './source.ts'

/** @returns the host that a typed or pasted text names: `social.example`, an address of it, or that of one of its people */
export const serverIn = (text: string): string | undefined => {
  const bare = text.trim().replace(/^https?:\/\//i, '').replace(/[/?#].*$/, '').replace(/^.*@/, '').replace(/\.$/, '')
  return hostOf(bare)
}

/** @param ask one question; undefined: no answer, or none that may be read */
export const askAbout = async (host: string, now: string, ask: (url: string) => Promise<Answer | undefined>): Promise<ServerFacts | NoFacts> => {
  const questions = serverQuestions(host)
  const first = await ask(questions.instance)
  if (!first) return 'silent'
  const older = readInstance(first) ? undefined : await ask(questions.older)
  const instance = readInstance(first) ?? (older && readInstance(older))
  const links = await ask(questions.software)
  const page = links && nodeInfoAt(links, host)
  const document = page === undefined ? undefined : await ask(page)
  const info = document && readNodeInfo(document)
  if (instance) return { ...instance, host, at: now, ...(info && { software: info.software }), blocks: readBlocks(await ask(questions.blocks)) }
  // Many others than Mastodon have no such pages, and say here what they are.
  if (!info) return 'unlike'
  const { software, version, open, title } = info
  return { domain: host, title, version, software, ...(open === undefined ? {} : { registrations: { state: open ? 'open' : 'closed' } }), limits: {}, host, at: now, blocks: { state: 'unknown' } }
}

const hostIn = (address: string): string => address.slice(address.indexOf('@') + 1)

/** Which of these addresses' servers it blocks. Kept while the addresses change, until it is known anew. */
export const useBlocked = (blocks: Blocks | undefined, addresses: string[]): ReadonlySet<string> => {
  const [blocked, setBlocked] = useState<ReadonlySet<string>>(new Set())
  const hosts = [...new Set(addresses.map(hostIn))].sort()
  useEffect(() => {
    let current = true
    if (blocks?.state === 'shown') void blockedAmong(blocks, hosts).then(found => current && setBlocked(found))
    else setBlocked(new Set())
    return () => void (current = false)
  }, [blocks, hosts.join(' ')])
  return blocked
}

/** People in the follow list, by their server, the one with most of them first. */
export type ByHost = { host: string; count: number; blocked: boolean }[]

/** Whom a server's blocks concern: one pass over the list, for the number it has now. */
export const concerned = async (store: Pick<Source['store'], 'eachFollow'>, account: AccountKey, blocks: Blocks): Promise<ByHost> => {
  const counts = new Map<string, number>()
  for await (const rows of store.eachFollow(account)) {
    for (const row of rows) if (isTicked(row) && row.reach.address) counts.set(hostIn(row.reach.address), (counts.get(hostIn(row.reach.address)) ?? 0) + 1)
  }
  const blocked = await blockedAmong(blocks, counts.keys())
  return [...counts].map(([host, count]) => ({ host, count, blocked: blocked.has(host) })).sort((a, b) => b.count - a.count || (a.host < b.host ? -1 : 1))
}
