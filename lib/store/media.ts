/** Pictures and videos: which is to be fetched next, and what came of it. */
import { keepTotals } from './commit.ts'
import { whole, withDue, type StoredMedia, type Tables } from './schema.ts'
import { tallyMedia, type Tally } from './tally.ts'
import { Dexie } from 'dexie'
import type { MediaRow, MediaState, Store } from './types.ts'

/** As it is handed out. */
export const bareMedia = ({ due: _, ...row }: StoredMedia): MediaRow => row

type Methods = 'media' | 'nextMedia' | 'mediaHosts' | 'keepMedia' | 'mediaAgain' | 'mediaJob' | 'mediaJobs' | 'updateMediaJob' | 'strayFiles'

/** Of an account, those in this state, in the order in which their links end. */
const inState = (db: Tables, account: string, state: MediaState) =>
  db.media.where('[account+state+due]').between([account, state, Dexie.minKey], [account, state, Dexie.maxKey])

/** States that a later try may change. */
const givenUp: MediaState[] = ['expired', 'refused', 'skipped']

/** The files of one row. */
const filesOf = ({ bytes, shown, partial }: MediaRow): string[] => [bytes, shown, partial].flatMap(kept => kept?.parts ?? [])

export const media = (db: Tables): Pick<Store, Methods> => ({
  media: async (account, postIds) => {
    const ids = [...new Set(postIds)].sort()
    const rows = ids.length ? await db.media.where('[account+postId+index]').inAnyRange(ids.map(id => [[account, id, Dexie.minKey], [account, id, Dexie.maxKey]]), { includeUppers: true }).toArray() : []
    return rows.map(bareMedia)
  },
  nextMedia: async account => {
    const row = await inState(db, account, 'seen').first()
    return row && bareMedia(row)
  },
  mediaHosts: async (account, most) => {
    const hosts = new Set<string>()
    await inState(db, account, 'seen').until(() => hosts.size >= most).each(({ url }) => {
      if (url && URL.canParse(url)) hosts.add(new URL(url).host)
    })
    return [...hosts].sort()
  },
  keepMedia: row =>
    db.transaction('rw', db.media, db.totals, async () => {
      const there = await db.media.get([row.account, row.postId, row.index])
      // Its post was seen again meanwhile: what was fetched is of another address, and counts only where it is kept.
      if (!there || (there.url !== row.url && row.state !== 'kept')) return false
      const tally: Tally = new Map()
      tallyMedia(tally, there, -1)
      tallyMedia(tally, row, 1)
      await db.media.put(withDue({ ...row, url: there.url, expiresAt: there.expiresAt, alt: there.alt }))
      await keepTotals(db, row.account, tally)
      return true
    }),
  mediaAgain: account =>
    db.transaction('rw', db.media, db.totals, async () => {
      const tally: Tally = new Map()
      let count = 0
      for (const state of givenUp) {
        const rows = await inState(db, account, state).toArray()
        const again = rows.map(({ reason: _reason, tries: _tries, at: _at, ...row }): StoredMedia => ({ ...row, state: 'seen' }))
        for (const row of rows) tallyMedia(tally, row, -1)
        for (const row of again) tallyMedia(tally, row, 1)
        await db.media.bulkPut(again)
        count += again.length
      }
      await keepTotals(db, account, tally)
      return count
    }),
  mediaJob: account => db.mediaJobs.get(account),
  mediaJobs: async () => (await db.mediaJobs.toArray()).sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1)),
  updateMediaJob: (account, step) =>
    db.transaction('rw', db.mediaJobs, async () => {
      const known = await db.mediaJobs.get(account)
      const next = step(known)
      if (next) await db.mediaJobs.put(next)
      return next ?? known
    }),
  strayFiles: async (account, names) => {
    const known = new Set<string>()
    await db.media.where('[account+postId+index]').between(...whole(account)).each(row => {
      for (const name of filesOf(row)) known.add(name)
    })
    return names.filter(name => !known.has(name))
  },
})
