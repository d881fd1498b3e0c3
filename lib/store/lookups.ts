/** Look-ups: what is to be asked, what was, and what came of it. */
import type { LookUp } from '../model/index.ts'
import { keepTotals } from './commit.ts'
import { eachChunk, knownOf, networksOf, putChanged, reach } from './reached.ts'
import { chunkSize, whole, type StoredFollow, type Tables } from './schema.ts'
import type { Tally } from './tally.ts'
import type { LookUpAsk, LookUpHost, LookUpJob, LookUpScope, Store } from './types.ts'

const hostOf = (address: string): string => address.slice(address.indexOf('@') + 1)

/**
 * What is to be asked for one row, the likeliest first: the rest is of no use once one of them is found.
 * @param old what was answered before this counts as old
 */
const wantedOf = ({ reach: { asks = [], verdict } }: StoredFollow, lookUp: (address: string) => LookUp | undefined, scope: LookUpScope, old: string): string[] => {
  const wanted: string[] = []
  for (const address of asks) {
    const known = lookUp(address)
    const again = scope === 'again' && known !== undefined && (known.at < old || (known.outcome !== 'found' && verdict !== 'followable'))
    if (!known || known.outcome === 'unclear' || again) wanted.push(address)
    else if (known.outcome === 'found') break
  }
  return wanted
}

/** Every address that is to be asked, with those of the same row that come before it, and whose it is. */
const plan = async (db: Tables, account: string, scope: LookUpScope, old: string): Promise<Map<string, { after: string[]; id: string }>> => {
  const wanted = new Map<string, { after: string[]; id: string }>()
  await eachChunk(db, account, async rows => {
    const asking = rows.filter(row => !row.goneAt && row.reach.asks?.length)
    const known = await knownOf(db, new Set(asking.flatMap(row => row.reach.asks ?? [])))
    for (const row of asking) {
      const own = wantedOf(row, address => known.get(address), scope, old)
      // Who is the first choice of one row need not wait for another's.
      own.forEach((address, at) => {
        if (at === 0 || !wanted.has(address)) wanted.set(address, { after: own.slice(0, at), id: row.id })
      })
    }
  })
  return wanted
}

/** A server of which nothing is known yet. */
export const newHost = (account: string, host: string): LookUpHost => ({ account, host, state: 'new', names: 0, asked: 0, last: 0, answers: 0, failures: 0, limits: 0 })

/** An answer that says nothing does not replace one that did. */
const putAnswers = async (db: Tables, answers: LookUp[]): Promise<void> => {
  const known = await knownOf(db, answers.filter(({ outcome }) => outcome === 'unclear').map(({ address }) => address))
  const told = (one: LookUp): boolean => one.outcome !== 'unclear' || (known.get(one.address)?.outcome ?? 'unclear') === 'unclear'
  await db.lookUps.bulkPut(answers.filter(told))
}

/** Before an account is deleted: the look-ups that no other one has a use for go with it. */
export const forgetLookUps = (db: Tables, account: string): Promise<void> =>
  eachChunk(db, account, async rows => {
    const asked = new Set(rows.flatMap(row => row.reach.asks ?? []))
    if (!asked.size || !(await db.lookUps.limit(1).primaryKeys()).length) return
    const others = new Set<string>()
    for (const row of await db.follows.where('reach.asks').anyOf([...asked]).filter(row => row.account !== account).toArray()) for (const one of row.reach.asks ?? []) others.add(one)
    await db.lookUps.bulkDelete([...asked].filter(address => !others.has(address)))
  })

type Methods = 'lookUps' | 'planLookUp' | 'beginLookUp' | 'lookUpJob' | 'lookUpJobs' | 'lookUpHosts' | 'lookUpAsks' | 'updateLookUp' | 'keepLookUp'

export const lookUps = (db: Tables): Pick<Store, Methods> => ({
  lookUps: async addresses => [...(await knownOf(db, addresses)).values()],
  planLookUp: async (account, scope, old) => {
    const wanted = await plan(db, account, scope, old)
    const hosts = new Map<string, number>()
    for (const address of wanted.keys()) hosts.set(hostOf(address), (hosts.get(hostOf(address)) ?? 0) + 1)
    return { names: wanted.size, hosts: [...hosts].map(([host, names]) => ({ host, names })).sort((a, b) => b.names - a.names || (a.host < b.host ? -1 : 1)) }
  },
  beginLookUp: (account, scope, old, now, via) =>
    db.transaction('rw', db.follows, db.lookUps, db.lookUpJobs, db.lookUpHosts, db.lookUpAsks, async () => {
      const open = await db.lookUpJobs.get(account)
      if (open && !open.endedAt) return open
      const wanted = await plan(db, account, scope, old)
      await db.lookUpHosts.where('[account+host]').between(...whole(account)).delete()
      await db.lookUpAsks.where('[account+address]').between(...whole(account)).delete()
      const hosts = new Map<string, LookUpHost>()
      const asks: LookUpAsk[] = []
      for (const [address, { after, id }] of wanted) {
        const ruled = via?.host === hostOf(address)
        const host = ruled ? via.by : hostOf(address)
        const row = hosts.get(host) ?? newHost(account, host)
        hosts.set(host, { ...row, names: row.names + 1 })
        asks.push({ account, address, host, n: asks.length, ...(after.length ? { after } : {}), ...(ruled ? { id } : {}) })
      }
      const job: LookUpJob = { account, scope, state: asks.length ? 'running' : 'done', startedAt: now, updatedAt: now, ...(asks.length ? {} : { endedAt: now }), total: asks.length, asked: 0, outcomes: {} }
      await db.lookUpHosts.bulkPut([...hosts.values()])
      for (let at = 0; at < asks.length; at += chunkSize) await db.lookUpAsks.bulkPut(asks.slice(at, at + chunkSize))
      await db.lookUpJobs.put(job)
      return job
    }),
  lookUpJob: account => db.lookUpJobs.get(account),
  lookUpJobs: async () => (await db.lookUpJobs.toArray()).sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1)),
  lookUpHosts: account => db.lookUpHosts.where('[account+host]').between(...whole(account)).toArray(),
  lookUpAsks: account => db.lookUpAsks.where('[account+n]').between(...whole(account)).toArray(),
  updateLookUp: (account, step) =>
    db.transaction('rw', db.lookUpJobs, async () => {
      const known = await db.lookUpJobs.get(account)
      const next = step(known)
      if (next) await db.lookUpJobs.put(next)
      return next ?? known
    }),
  keepLookUp: (account, { answers = [], dropped = [], hosts = [], asks = [] }, reachOf) =>
    db.transaction('rw', [db.follows, db.totals, db.accounts, db.lookUps, db.lookUpJobs, db.lookUpHosts, db.lookUpAsks], async () => {
      const job = await db.lookUpJobs.get(account)
      if (!job) return undefined
      if (hosts.length) await db.lookUpHosts.bulkPut(hosts)
      if (asks.length) await db.lookUpAsks.bulkPut(asks)
      const over = [...answers.map(({ address }) => address), ...dropped]
      if (!over.length) return job
      await db.lookUpAsks.bulkDelete(over.map(address => [account, address]))
      const outcomes = { ...job.outcomes }
      for (const { outcome } of answers) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      const next = { ...job, asked: job.asked + over.length, outcomes, updatedAt: answers.reduce((last, { at }) => (at > last ? at : last), job.updatedAt) }
      await db.lookUpJobs.put(next)
      if (!answers.length) return next
      await putAnswers(db, answers)
      const before = await db.follows.where('reach.asks').anyOf(answers.map(({ address }) => address)).distinct().toArray()
      const rows = before.map(row => ({ ...row }))
      await reach(db, rows, reachOf, await networksOf(db))
      const tallies = new Map<string, Tally>()
      await putChanged(db, before, rows, of => {
        const tally = tallies.get(of) ?? new Map()
        tallies.set(of, tally)
        return tally
      })
      for (const [of, tally] of tallies) await keepTotals(db, of, tally)
      return next
    }),
})
