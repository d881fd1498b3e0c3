/** Keeping a batch: read what is there, merge, write, count; all in one transaction that the caller has begun. */
import type { Count, Follow, Relation } from '../model/index.ts'
import type { Known, Memory } from './known.ts'
import { isUnnumbered, near, note, Twins } from './joins.ts'
import { barePost, equal, merge, personShape, postShape } from './merge.ts'
import { chunkSize, followKeys, mediaRows, profileRows, whole, type StoredAccount, type StoredFollow, type StoredMedia, type StoredPost, type Tables, type TotalRow } from './schema.ts'
import { networksOf, reach } from './reached.ts'
import { add, kindOf, profileMedia, tallyFollow, tallyMedia, tallyPost, tallyRelation, type Tally } from './tally.ts'
import type { Batch, Kept, ProfileRow, RelationRow } from './types.ts'

export interface Outcome { added: number; changed: number }

type Row = Record<string, unknown>
/** Fields that move with every sighting and so are no change of the record. */
const moving = new Set(['runId', 'lastSeen', 'seenAt', 'source', 'joined'])

/** Evidence moves with every sighting too: it says when. */
const settled = (value: unknown): unknown => (typeof value === 'object' && value && 'evidence' in value ? { ...value, evidence: undefined } : value)
const differs = (a: object, b: object): boolean => {
  for (const key in { ...a, ...b }) if (!moving.has(key) && !equal(settled((a as Row)[key]), settled((b as Row)[key]))) return true
  return false
}

/** A commit on its way. Writes are queued while it goes on, and waited for at the end. */
interface Work {
  db: Tables
  batch: Batch
  tally: Tally
  outcome: Outcome
  writes: PromiseLike<unknown>[]
  known: Known | undefined
  /** What becomes known by it. */
  added: Known
}

const putAll = <T>({ writes }: Work, table: { bulkPut(rows: T[]): PromiseLike<unknown> }, rows: T[]): void => {
  for (let at = 0; at < rows.length; at += chunkSize) writes.push(table.bulkPut(rows.slice(at, at + chunkSize)))
}

/** Seen in this batch: what was marked as gone is there again. @param row a merged record, which nobody else holds */
const back = <T extends Kept>(row: T, { account, runId, at }: Batch): T => {
  row.account = account
  row.runId = runId
  row.firstSeen ??= at
  row.lastSeen = row.lastSeen > at ? row.lastSeen : at
  delete row.goneAt
  return row
}

const commitAccount = ({ db, batch, added, writes }: Work, known: StoredAccount | undefined): void => {
  const { account, network, who, at } = batch
  const said = Object.fromEntries(Object.entries(who).filter(([, value]) => value !== undefined && value !== null))
  const lastSeen = known && known.lastSeen > at ? known.lastSeen : at
  writes.push(db.accounts.put({ ...known, ...said, account, network, id: who.id, firstSeen: known?.firstSeen ?? at, lastSeen, mark: added.mark }))
}

/** An address without what signs it: what stays the same while its signature is renewed. */
const unsigned = (url: string | undefined): string | undefined => url?.replace(/[?#].*$/, '')

/**
 * A picture or video was seen again. What is kept of it stays; what was given up is to be asked for again where the address is a new one.
 * @param there the row as it is
 */
const seenAgain = (row: StoredMedia, there: StoredMedia | undefined): StoredMedia => {
  if (!there || there.kind !== row.kind) return row
  const same = row.member !== undefined && row.member === there.member ? true : row.id !== undefined && there.id !== undefined ? row.id === there.id : unsigned(row.url) === unsigned(there.url)
  const { bytes, shown, partial } = there
  const { state, reason, at, tries } = there
  if (state === 'kept' && same) return { ...row, state, at, bytes, shown }
  if (same && row.url === there.url) return { ...row, state, reason, at, tries, partial }
  return same ? { ...row, partial } : row
}

/** Keeps rows of media, over those that stand at their places, of which `places` are no longer there. */
const commitMedia = async ({ db, tally, writes }: Work, rows: StoredMedia[], lost: [string, string, number][], cameFrom?: Map<string, string>): Promise<void> => {
  if (!rows.length && !lost.length) return
  const [known, over] = await Promise.all([db.media.bulkGet(rows.map(row => [row.account, row.postId, row.index])), db.media.bulkGet(lost)])
  // What is kept of a post goes with it to its number.
  const past = new Map(over.flatMap(row => (row ? [[`${row.postId} ${row.index}`, row] as const] : [])))
  const now = rows.map((row, at) => seenAgain(row, known[at] ?? past.get(`${cameFrom?.get(row.postId)} ${row.index}`)))
  for (const row of [...known, ...over]) if (row) tallyMedia(tally, row, -1)
  for (const row of now) tallyMedia(tally, row, 1)
  for (let at = 0; at < now.length; at += chunkSize) writes.push(db.media.bulkPut(now.slice(at, at + chunkSize)))
  if (lost.length) writes.push(db.media.bulkDelete(lost))
}

const commitProfile = async (work: Work): Promise<void> => {
  const { db, batch, tally, outcome, writes } = work
  if (!batch.profile) return
  const known = await db.profiles.get(batch.account)
  const row = back(merge(known ?? ({} as ProfileRow), batch.profile, personShape), batch)
  note(known, row, batch.runId, batch.filed, batch.profile)
  if (!known) add(tally, 'profile', 1)
  if (!known) outcome.added++
  else if (differs(known, row)) outcome.changed++
  writes.push(db.profiles.put(row))
  if (known?.avatar === row.avatar && known?.header === row.header) return
  const pictures = profileRows(row)
  const lost = [0, 1].filter(index => !pictures.some(one => one.index === index)).map((index): [string, string, number] => [batch.account, profileMedia, index])
  await commitMedia(work, pictures, known ? lost : [])
}

/** Some sources name a person by handle only; their records carry the handle as id. */
const idOf = (follow: Pick<Follow, 'id' | 'handle' | 'numbered'>): string | undefined =>
  follow.id && (follow.numbered || follow.id.toLowerCase() !== follow.handle.toLowerCase()) ? follow.id : undefined

/** Rows without an id under these handles: mostly there are none at all, and then this costs one look. */
const looseRows = (db: Tables, account: string, handles: string[]): Promise<StoredFollow[]> =>
  db.follows.where('[account+loose]').anyOf(handles.map(handle => [account, handle])).toArray()

/** Any rows under this handle: for a record that has no id. */
const rowsOf = (db: Tables, account: string, handle: string): Promise<StoredFollow[]> =>
  db.follows.where('[account+sort+key]').between([account, handle], [account, handle, []]).toArray()

const readFollows = async ({ db, batch: { account, follows }, known }: Work): Promise<Map<string, StoredFollow>> => {
  const ids = new Set<string>()
  const handles = new Set<string>()
  const nameless = new Set<string>()
  for (const follow of follows) {
    const id = idOf(follow)
    const handle = follow.handle.toLowerCase()
    handles.add(handle)
    if (!id) nameless.add(handle)
    else if (!known || known.follows.has(id)) ids.add(id)
  }
  const found = await Promise.all([
    ids.size ? db.follows.bulkGet([...ids].map(id => [account, id])) : [],
    !known || known.loose ? looseRows(db, account, [...handles]) : [],
    ...[...nameless].map(handle => rowsOf(db, account, handle)),
  ])
  return new Map(found.flat().flatMap(row => (row ? [[row.key, row]] : [])))
}

/** People of whom only the number was known, and who are seen by name now. */
const completed = async ({ db, batch: { account, people = [], at } }: Work): Promise<Follow[]> => {
  const names = new Map(people.map(one => [one.id, one]))
  const rows = names.size ? await db.follows.bulkGet([...names.keys()].map(id => [account, id])) : []
  return rows.flatMap(row => {
    const one = row?.numbered ? names.get(row.id) : undefined
    return one ? [{ ...one, relation: 'follow' as const, source: 'export' as const, seenAt: at }] : []
  })
}

const commitFollows = async (work: Work): Promise<void> => {
  const { db, tally, outcome, added } = work
  const more = await completed(work)
  const batch = more.length ? { ...work.batch, follows: [...work.batch.follows, ...more] } : work.batch
  if (!batch.follows.length) return
  const before = await readFollows({ ...work, batch })
  const rows = new Map(before)
  /** Who goes by a handle now; of several (one gave it up, another took it) the one seen last. */
  const named = new Map<string, string>()
  for (const row of [...before.values()].sort((a, b) => (a.lastSeen < b.lastSeen ? -1 : 1))) named.set(row.sort, row.key)
  const touched = new Set<string>()
  /** Handle's row → the row with the id that took it in. */
  const takenIn = new Map<string, string>()

  for (const follow of batch.follows) {
    const id = idOf(follow)
    const handle = follow.handle.toLowerCase()
    const key = id ?? named.get(handle) ?? handle
    let known = rows.get(key)
    const loose = rows.get(handle)
    if (id && loose?.loose) {
      known = known ? { ...merge(loose, known, personShape), firstSeen: loose.firstSeen < known.firstSeen ? loose.firstSeen : known.firstSeen } : loose
      rows.delete(handle)
      touched.delete(handle)
      takenIn.set(handle, key)
    }
    // Who is known by name does not become a number again.
    const { handle: _, url: __, numbered: ___, ...nameless } = follow
    const seen = follow.numbered && known && !known.numbered ? nameless : follow
    const row = back(merge(known ?? ({} as StoredFollow), seen, personShape), batch)
    if (!follow.numbered) delete row.numbered
    row.key = key
    row.id = id ?? (known && idOf(known)) ?? follow.id
    Object.assign(row, followKeys(row))
    if (idOf(row)) delete row.loose
    else row.loose = handle
    note(known, row, batch.runId, batch.filed, seen)
    rows.set(key, row)
    named.set(row.sort, key)
    touched.add(key)
  }

  const put = [...touched].map(key => rows.get(key)!)
  const networkOf = await networksOf(db)
  await reach(db, put, batch.reachOf, of => (of === batch.account ? batch.network : networkOf(of)))
  const found = new Set([...takenIn].flatMap(([handle, key]) => (before.has(handle) ? [key] : [])))
  for (const row of put) {
    const old = before.get(row.key)
    if (old) tallyFollow(tally, old, -1)
    tallyFollow(tally, row, 1)
    if (!old && !found.has(row.key)) outcome.added++
    else if (!old || differs(old, row)) outcome.changed++
    added.follows.add(row.key)
    if (row.loose) added.loose = true
  }
  const out = [...takenIn.keys()].filter(handle => before.has(handle) && !rows.has(handle))
  for (const handle of out) tallyFollow(tally, before.get(handle)!, -1)
  if (out.length) work.writes.push(db.follows.bulkDelete(out.map(handle => [batch.account, handle])))
  putAll(work, db.follows, put)
}

/** A repost of which the network did not say its own number stands under that of its original. */
const standIn = (original: string): string => `repost:${original}`

/** Reposts of these originals, under whichever number. */
const repostsOf = (db: Tables, account: string, originals: string[]): Promise<StoredPost[]> =>
  originals.length ? db.posts.where('[account+original]').anyOf(originals.map(id => [account, id])).toArray() : Promise.resolve([])

/** Posts that answer one of these, of which nobody knew whose it is. */
const waitingFor = (db: Tables, account: string, ids: string[]): Promise<StoredPost[]> =>
  db.posts.where('[account+waits]').anyOf(ids.map(id => [account, id])).toArray()

const commitPosts = async (work: Work): Promise<void> => {
  const { db, batch, tally, outcome, known: has, added } = work
  if (!batch.posts.length) return
  const { account } = batch
  const ids = [...new Set(batch.posts.map(post => post.id))]
  const there = has ? ids.filter(id => has.posts.has(id)) : ids
  const originals = [...new Set(batch.posts.flatMap(post => post.repostOf?.id ?? []))]
  const loose = batch.posts.some(({ id }) => isUnnumbered(id))
  const [stored, waiting, twins, close] = await Promise.all([
    there.length ? db.posts.bulkGet(there.map(id => [account, id])) : [],
    !has || has.waiting ? waitingFor(db, account, ids) : [],
    repostsOf(db, account, originals),
    loose || !has || has.unnumbered ? near(db, account, batch.posts, loose) : [],
  ])
  const before = new Map<string, StoredPost>()
  for (const row of [...close, ...waiting, ...twins, ...stored]) if (row) before.set(row.id, row)
  const nearby = new Twins(close)
  const rows = new Map(before)
  const touched = new Set<string>()
  /** Posts without a number → the number that they have now. */
  const moved = new Map<string, string>()
  /** Stand-ins whose repost has its own number now. */
  const takenIn = new Set<string>()
  /** Original → the number that its repost goes by. */
  const named = new Map(twins.flatMap(row => (row.original && row.id !== standIn(row.original) ? [[row.original, row.id] as const] : [])))
  for (const post of batch.posts) {
    const original = post.repostOf?.id
    const stand = original === undefined ? undefined : standIn(original)
    const unnumbered = isUnnumbered(post.id)
    // A file that states no number: the post may be there under its own.
    const twin = nearby.of(post, row => row.id !== post.id && (unnumbered ? !isUnnumbered(row.id) || !rows.has(post.id) : isUnnumbered(row.id)))
    const id = unnumbered && twin ? twin.id : post.id === stand ? (named.get(original as string) ?? post.id) : post.id
    let known = rows.get(id)
    const loose = !unnumbered && twin ? twin : stand === undefined || stand === id ? undefined : rows.get(stand)
    if (loose) {
      known = known ? merge(loose, known, postShape) : loose
      rows.delete(loose.id)
      touched.delete(loose.id)
      takenIn.add(loose.id)
      if (isUnnumbered(loose.id)) {
        nearby.drop(loose)
        moved.set(loose.id, id)
      }
    }
    // A card of a list only fills in what the whole post left out; a time told from the number does not replace a stated one.
    const whole = known && !known.partial && post.partial ? known : undefined
    const { createdAt: _, createdAtDerived: __, ...undated } = post
    // A file states whole seconds.
    const seen = (post.createdAtDerived && known?.createdAt && !known.createdAtDerived) || (unnumbered && twin) ? undated : post
    const row = barePost(back(whole ? merge(seen as StoredPost, whole, postShape) : merge(known ?? ({} as StoredPost), seen, postShape), batch))
    row.id = id
    if (!isUnnumbered(id)) delete row.unnumbered
    // A card says nothing of it, and the account's own word must not take the place of what the whole post said.
    if (batch.audience && post.visibility === undefined && (row.visibility === undefined || row.visibility === 'public' || row.visibility === 'followers')) row.visibility = batch.audience
    if (known && !(known.partial && post.partial)) delete row.partial
    if (post.createdAt && !post.createdAtDerived) delete row.createdAtDerived
    row.at = row.createdAt ?? ''
    if (original !== undefined && stand !== id) named.set(original, id)
    if (row.repostOf?.id === undefined) delete row.original
    else row.original = row.repostOf.id
    note(known, row, batch.runId, batch.filed, seen)
    rows.set(row.id, row)
    touched.add(row.id)
    if (loose || has?.unnumbered !== false || isUnnumbered(row.id)) nearby.put(row)
    if (isUnnumbered(row.id)) added.unnumbered = true
  }
  for (const id of touched) {
    const row = rows.get(id)!
    delete row.waits
    Object.assign(row, kindOf(row, batch.who))
  }
  for (const row of waiting) touched.add(row.id)

  // A reply to a post that turns out to be the account's own goes on a thread of one's own.
  const open = [...touched].map(id => rows.get(id)!).filter(row => row.waits)
  const asked = [...new Set(open.map(row => row.waits!))].filter(id => !rows.has(id))
  if (asked.length) for (const row of await db.posts.bulkGet(asked.map(id => [account, id]))) if (row) rows.set(row.id, row)
  for (const row of open) {
    const parent = rows.get(row.waits!)
    if (!parent || parent.kind === 'repost') continue
    const { waits: _, ...settled } = row
    rows.set(row.id, { ...settled, kind: 'post' })
  }

  const put = [...touched].map(id => rows.get(id)!)
  const cameFrom = new Map([...moved].flatMap(([from, to]) => (before.has(from) && !rows.has(from) ? [[to, from] as const] : [])))
  const media = []
  const lost: [string, string, number][] = []
  for (const row of put) {
    const old = before.get(row.id)
    if (old) tallyPost(tally, old, -1)
    tallyPost(tally, row, 1)
    const from = cameFrom.get(row.id)
    if (!old && from === undefined && !(row.original && before.has(standIn(row.original)))) outcome.added++
    else if (!old || differs(old, row)) outcome.changed++
    added.posts.add(row.id)
    if (row.waits) added.waiting = true
    if (from !== undefined) for (let index = 0; index < (before.get(from)?.media?.length ?? 0); index++) lost.push([account, from, index])
    if (!equal(old?.media, row.media)) {
      media.push(...mediaRows(row))
      for (let index = row.media?.length ?? 0; index < (old?.media?.length ?? 0); index++) lost.push([account, row.id, index])
    }
  }
  const out = [...takenIn].filter(id => before.has(id) && !rows.has(id))
  for (const id of out) tallyPost(tally, before.get(id)!, -1)
  if (out.length) work.writes.push(db.posts.bulkDelete(out.map(id => [account, id])))
  putAll(work, db.posts, put)
  await commitMedia(work, media, lost, cameFrom)
}

/** A person or a post may stand in several lists. */
const relationKey = (relation: Relation): string => [relation.relation, relation.list ?? '', relation.id].join(':')

const commitRelations = async (work: Work): Promise<void> => {
  const { db, batch, outcome, tally } = work
  if (!batch.relations.length) return
  const keys = [...new Set(batch.relations.map(relationKey))]
  const before = new Map<string, RelationRow>()
  for (const row of await db.relations.bulkGet(keys.map(key => [batch.account, key]))) if (row) before.set(row.key, row)
  const rows = new Map(before)
  for (const relation of batch.relations) {
    const key = relationKey(relation)
    const known = rows.get(key)
    const row = { ...back(merge(known ?? ({} as RelationRow), relation, personShape), batch), key }
    note(known, row, batch.runId, batch.filed, relation)
    rows.set(key, row)
  }
  for (const [key, row] of rows) {
    const old = before.get(key)
    if (old) tallyRelation(tally, old, -1)
    tallyRelation(tally, row, 1)
    if (!old) outcome.added++
    else if (differs(old, row)) outcome.changed++
  }
  putAll(work, db.relations, [...rows.values()])
}

/** A rounded number ("1.2K") does not replace an exact one that it may well stand for: 5 % covers two digits. */
const stale = (count: Count, known: number | undefined, knownRounded: boolean): boolean =>
  known !== undefined && !!count.rounded && !knownRounded && Math.abs(known - count.value) * 20 <= known

/** @returns the totals' rows that changed */
const newTotals = (account: string, rows: TotalRow[], tally: Tally, counts: Count[]): TotalRow[] => {
  const now = new Map(rows.map(row => [row.name, row.value]))
  const changed = new Set<string>()
  const set = (name: string, value: number) => {
    if (now.get(name) === value) return
    now.set(name, value)
    changed.add(name)
  }
  for (const [name, by] of tally) if (by) set(name, (now.get(name) ?? 0) + by)
  for (const count of counts) {
    const rounded = `rounded:${count.section}`
    if (stale(count, now.get(`counted:${count.section}`), !!now.get(rounded))) continue
    set(`counted:${count.section}`, count.value)
    if (count.rounded || now.has(rounded)) set(rounded, count.rounded ? 1 : 0)
  }
  return [...changed].map(name => ({ account, name, value: now.get(name)! }))
}

const totalsOf = (db: Tables, account: string): PromiseLike<TotalRow[]> => db.totals.where('[account+name]').between(...whole(account)).toArray()

/** Adds to the totals of an account, inside the transaction that changed the rows. */
export const keepTotals = async (db: Tables, account: string, tally: Tally): Promise<void> => {
  if (![...tally.values()].some(by => by)) return
  const changed = newTotals(account, await totalsOf(db, account), tally, [])
  if (changed.length) await db.totals.bulkPut(changed)
}

/** Keeps all of a batch but the run. Inside a transaction over all tables. @returns also what to remember once it is through */
export const commitBatch = async (db: Tables, batch: Batch, memory: Memory): Promise<{ outcome: Outcome; remember(): void }> => {
  const { account, runId, network, at } = batch
  const [row, totals] = await Promise.all([db.accounts.get(account), totalsOf(db, account)])
  const known = await memory.of(db, account, row)
  const added = { mark: memory.newMark(), follows: new Set<string>(), posts: new Set<string>(), loose: false, waiting: false, unnumbered: false }
  const work: Work = { db, batch, tally: new Map(), outcome: { added: 0, changed: 0 }, writes: [], known, added }
  commitAccount(work, row)
  await Promise.all([commitProfile(work), commitFollows(work), commitPosts(work), commitRelations(work)])
  if (batch.unread.length) {
    add(work.tally, 'unread', batch.unread.length)
    work.writes.push(db.unread.bulkAdd(batch.unread.map(one => ({ ...one, account, runId, network, at }))))
  }
  const changed = newTotals(account, totals, work.tally, batch.counts)
  if (changed.length) work.writes.push(db.totals.bulkPut(changed))
  await Promise.all(work.writes)
  return { outcome: work.outcome, remember: () => known && memory.keep(account, known, added) }
}
