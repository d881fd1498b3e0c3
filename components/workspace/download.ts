/** Binds what reads an official download to the background that takes it. */
import { handOver, isDownload, openMedia, whoseDownload, withoutDot, type Refusal, type Taker } from '../../lib/archive/hand-over.ts'
import type { Member } from '../../lib/archive/member.ts'
import { ask } from '../../lib/browser/port.ts'
import { takeMedia } from '../../lib/media/fetch.ts'
import type { AccountKey, Run } from '../../lib/model/index.ts'
import { rooms, type Room } from '../../lib/networks/rooms.ts'
import type { MediaRow } from '../../lib/store/types.ts'
import type { Store } from '../../lib/store/index.ts'

/** What became of a download: the run that read it, or why it can't be read; `of`: the network that it looks like one of. */
export type Read = { run: string } | { refused: Refusal; of?: string }

type Needs = Pick<Store, 'handIn' | 'run' | 'eachMedia' | 'keepMedia'>

/** How long the page waits before it looks again whether the person lets it go on, or the background is there again. Milliseconds. */
const LOOK = 300

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

/** @param begun is told the run as soon as there is one */
const takerOf = (store: Needs, room: Room, account: AccountKey | undefined, begun: (run: string) => void): Taker => ({
  begin: async archive => {
    const answer = (await ask({ kind: 'archive', network: room.id, account, ...archive })) as { run: string; taken: number } | false | null
    if (!answer) return undefined
    begun(answer.run)
    return answer
  },
  piece: async (run, { bytes, ...piece }) => {
    for (;;) {
      const item = await store.handIn({ name: piece.path, network: room.id, at: new Date().toISOString(), bytes })
      // A background that ended meanwhile has written down whether it was taken.
      await ask({ kind: 'archive-piece', runId: run, item, ...piece }).catch(() => undefined)
      for (;;) {
        const row: Run | undefined = await store.run(run)
        if (!row?.archive || row.state === 'done' || row.state === 'stopped') return false
        if (row.archive.taken > piece.at) return true
        if (row.state === 'running' && !row.queue?.length) break
        await pause(LOOK)
      }
    }
  },
  end: async (run, lost) => void (await ask({ kind: 'archive-end', runId: run, lost })),
})

const streamOf = (bytes: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream({
    pull: async controller => {
      const { done, value } = await bytes.next()
      if (done) controller.close()
      else controller.enqueue(value as Uint8Array<ArrayBuffer>)
    },
    cancel: async () => void (await bytes.return(undefined)),
  })

/** Pictures and videos that posts of the account name, out of the download itself. What is kept already stays as it is. */
const keepPictures = async (store: Needs, room: Room, account: AccountKey, file: File, run: string): Promise<void> => {
  const media = await openMedia(file, room.handIn ?? { files: [] })
  if (!media) return
  const stop = new AbortController()
  /** @returns whether to go on */
  const keep = async (row: MediaRow, member: Member): Promise<boolean> => {
    if ((await store.run(run))?.state === 'stopped') return false
    const outcome = await takeMedia(row, streamOf(member.read()), member.size, stop.signal)
    if (outcome.kind === 'halt') return false
    if (outcome.kind !== 'kept') return true
    const { reason: _, tries: __, partial: ___, ...rest } = row
    await store.keepMedia({ ...rest, state: 'kept', at: new Date().toISOString(), bytes: outcome.bytes, shown: outcome.shown })
    return true
  }
  const named = (row: MediaRow): string | undefined => (row.state === 'kept' ? undefined : row.member)
  if ('find' in media) {
    for await (const rows of store.eachMedia(account)) {
      for (const row of rows) {
        const path = named(row)
        const member = path === undefined ? undefined : media.find(path)
        if (member && !(await keep(row, member))) return
      }
    }
    return
  }
  // The archive says what comes next, so what is looked for has to be known beforehand.
  const wanted = new Map<string, MediaRow>()
  for await (const rows of store.eachMedia(account)) {
    for (const row of rows) {
      const path = named(row)
      if (path !== undefined) wanted.set(withoutDot(path), row)
    }
  }
  if (wanted.size === 0) return
  for await (const { member, names } of media.each()) {
    const row = names.map(name => wanted.get(name)).find(Boolean)
    if (row && !(await keep(row, member))) return
  }
}

/**
 * Reads an official download, with its pictures.
 * @param account whose it is; absent: it says so itself
 * @returns undefined where the file is none that is read so: then it is a single file of another kind
 */
export const readDownload = async (store: Needs, room: Room, file: File, account: AccountKey | undefined, begun: (run: string) => void): Promise<Read | undefined> => {
  const { handIn } = room
  if (!handIn?.members || !(await isDownload(file))) return undefined
  const read = await handOver(file, handIn, takerOf(store, room, account, begun))
  if ('refused' in read) return read.refused === 'nothing' ? { ...read, of: await whoseDownload(file, Object.values(rooms).filter(({ id }) => id !== room.id)) } : read
  const run = await store.run(read.run)
  if (run?.account && run.state === 'done') await keepPictures(store, room, run.account, file, run.id)
  return read
}
