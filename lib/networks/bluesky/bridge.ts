/** Who is carried to the fediverse by Bridgy Fed: many ruled out at once, through the network's public interface. */
import type { RuleOut } from '../types.ts'

/** The bridge's bot: whoever wants to be carried follows it (snarfed/bridgy-fed, docs and `dms.py`, 2026-08). A few asked it by message instead, and are missed. */
const BOT = 'ap.brid.gy'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * `app.bsky.graph.getRelationships`: without sign-in, up to 30 others a call. A relationship has `followedBy` where that account follows the one asked about, and
 * `blockedBy` where it blocks it (bluesky-social/atproto, `lexicons/app/bsky/graph/getRelationships.json` and `defs.json`, 2026-08).
 */
export const ruleOut = (publicApi: string): RuleOut => ({
  host: new URL(publicApi).host,
  size: 30,
  url: ids => `${publicApi}app.bsky.graph.getRelationships?${new URLSearchParams([['actor', BOT], ...ids.map(id => ['others', id])])}`,
  no: body => {
    let answer: unknown
    try {
      answer = JSON.parse(body)
    } catch {
      return undefined
    }
    if (!isRecord(answer) || !Array.isArray(answer.relationships)) return undefined
    const out = answer.relationships.flatMap((one: unknown) => {
      if (!isRecord(one)) return []
      if (one.notFound === true) return typeof one.actor === 'string' ? [one.actor] : []
      return typeof one.did === 'string' && (one.followedBy === undefined || one.blockedBy !== undefined) ? [one.did] : []
    })
    return new Set(out)
  },
})
