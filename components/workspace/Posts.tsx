import { useState } from 'preact/hooks'
import { list, moment, t, word, type Key } from '../../lib/browser/texts.ts'
import { destinationFor, withServer, type Destination } from '../../lib/destinations/index.ts'
import { choose, latestOf, type Bounds } from '../../lib/export/index.ts'
import type { AccountKey, Media, PostRef } from '../../lib/model/index.ts'
import type { Room } from '../../lib/networks/rooms.ts'
import { postLosses } from '../../lib/preview/index.ts'
import type { PostLoss } from '../../lib/preview/types.ts'
import type { PostKind, PostQuery, PostRow, Totals } from '../../lib/store/types.ts'
import { Cross, Tick } from '../icons.tsx'
import { detailOf, useLive } from '../live.ts'
import { Handle, Out, Say } from '../Say.tsx'
import { Search } from '../Search.tsx'
import { OverTime } from './OverTime.tsx'
import type { ChosenServer, Source } from './source.ts'
import { Gone, More, Shown, chunk } from './tools.tsx'

const kinds: PostKind[] = ['post', 'reply', 'repost']
const kindKeys: Record<PostKind, Key> = { post: 'kind_post', reply: 'kind_reply', repost: 'kind_repost' }
const filterKeys: Record<PostKind, Key> = { post: 'posts_filter_post', reply: 'posts_filter_reply', repost: 'posts_filter_repost' }
const totalOf: Record<PostKind, string> = { post: 'posts', reply: 'replies', repost: 'reposts' }

const web = (url: string | undefined): string | undefined => (url && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : undefined)

const mediaText = ({ kind, alt }: Media): string => {
  const name = word('media', kind)
  return alt ? t('media_alt', { kind: name, alt }) : t('media_noalt', { kind: name })
}

const badges = (row: PostRow): string[] =>
  [
    row.pinned && t('post_pinned'),
    (row.edited || row.editedAt) && t('post_edited'),
    row.ghost && (row.expiresAt ? t('post_ghost_until', { when: moment(row.expiresAt) }) : t('post_ghost')),
    row.spoiler && t('post_spoiler'),
    row.sensitive && t('post_sensitive'),
    row.visibility && row.visibility !== 'public' && word('visibility', row.visibility),
    row.goneAt && t('gone'),
  ].filter(text => typeof text === 'string')

const Target = ({ post, named, plain }: { post: PostRef; named: Key; plain: Key }) => {
  const url = web(post.url)
  const words = post.authorHandle ? <Say k={named} handle={<Handle of={post.authorHandle} />} /> : t(plain)
  return url ? <Out href={url}>{words}</Out> : <span>{words}</span>
}

const lossText = ({ what, limit = 0, have = 0 }: PostLoss): string => word('post_loss', what, { limit, have })

/** Whether the bundle takes this post, else why not; and what of it a server that imports posts would lose. */
const Fate = ({ row, room, bounds, destination }: { row: PostRow; room: Room; bounds: Bounds; destination: Destination }) => {
  // What is gone is in no file, and says so above.
  if (row.goneAt) return null
  const choice = choose(row, bounds)
  if ('reason' in choice) return <p class="fate"><Cross /><span>{t('post_left', { reason: word('post_left', choice.reason, { network: room.name }) })}</span></p>
  const losses = row.repostOf ? [] : postLosses(row, destination)
  if (!losses.length) return null
  return <p class="fate"><Tick /><span>{t('post_losses', { losses: list(losses.map(lossText)) })}</span></p>
}

/** What it is called for whoever does not see where the box stands. */
const postName = ({ text, createdAt }: PostRow): string => [createdAt && moment(createdAt), text && [...text].slice(0, 40).join('')].filter(Boolean).join(', ') || t('post_notext')

const PostItem = ({ row, room, bounds, destination, leave }: { row: PostRow; room: Room; bounds: Bounds | undefined; destination: Destination; leave: (row: PostRow, left: boolean) => void }) => {
  const url = web(row.url)
  const preview = web(row.linkPreview?.url)
  return (
    <li class="post">
      <p class="post-head">
        <span class="badge kind">{t(kindKeys[row.kind])}</span>
        {row.createdAt ? <time dateTime={row.createdAt}>{moment(row.createdAt)}</time> : <span>{t('date_unknown')}</span>}
        {badges(row).map(text => <span key={text} class="badge">{text}</span>)}
        {row.topic && <span class="badge"><Say k="post_topic" topic={<bdi>{row.topic}</bdi>} /></span>}
        {/* Where it can go at all. */}
        {bounds && !row.goneAt && 'audience' in choose(row, { ...bounds, options: { ...bounds.options, include: 'followers-too', leftToo: true } }) && (
          <label class="check take">
            <input type="checkbox" checked={!row.left} onChange={event => leave(row, !event.currentTarget.checked)} />
            <span>{t('post_take')}<span class="unseen"> {t('post_take_of', { post: postName(row) })}</span></span>
          </label>
        )}
      </p>
      {row.warning && <p class="words" dir="auto"><strong>{row.warning}</strong></p>}
      {row.repostOf ? (
        <p class="small">
          {row.repostOf.authorHandle ? <Say k="post_reposted_from" handle={<Handle of={row.repostOf.authorHandle} />} /> : t('post_reposted')}
        </p>
      ) : row.text ? (
        <p class="words" dir="auto">{row.text}</p>
      ) : (
        <p class="small">{t('post_notext')}</p>
      )}
      {row.media && row.media.length > 0 && <ul>{row.media.map((media, index) => <li key={index} dir="auto">{mediaText(media)}</li>)}</ul>}
      {bounds && <Fate row={row} room={room} bounds={bounds} destination={destination} />}
      <p class="post-links">
        {url && <Out href={url}>{t('post_original', { network: room.name })}</Out>}
        {row.replyTo && <Target post={row.replyTo} named="post_reply_to" plain="post_target" />}
        {row.quoteOf && <Target post={row.quoteOf} named="post_quote_from" plain="post_quote" />}
        {web(row.repostOf?.url) && <Out href={row.repostOf?.url ?? ''}>{t('post_target')}</Out>}
        {preview && <Out href={preview}><Say k="post_link" title={<bdi>{row.linkPreview?.title ?? preview}</bdi>} /></Out>}
      </p>
    </li>
  )
}

/** The parts of what may be read by whom that posts have, in the order of `Totals`. */
const audiences = ['public', 'unlisted', 'followers', 'circle', 'direct', 'self', 'unknown']

/** The first moment of a day, where the person is. @param day `2024-05-31` @param later days after it @returns ISO time; undefined where it is no day */
export const dayStart = (day: string, later = 0): string | undefined => {
  const date = new Date(`${day}T00:00`)
  if (Number.isNaN(date.getTime())) return undefined
  date.setDate(date.getDate() + later)
  return date.toISOString()
}

/** Every post, newest first, searchable, each with whether it goes along. */
export const Posts = ({ source, account, room, totals, server }: { source: Source; account: AccountKey; room: Room; totals: Totals; server?: ChosenServer }) => {
  const [search, setSearch] = useState('')
  const [kind, setKind] = useState<PostKind | 'left' | ''>('')
  const [audience, setAudience] = useState('')
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const [gone, setGone] = useState(false)
  const [limit, setLimit] = useState(chunk)
  const [changed, setChanged] = useState<number>()
  const [failed, setFailed] = useState<unknown>()
  const query: PostQuery = {
    search: search || undefined,
    ...(kind === 'left' ? { left: true } : { kind: kind || undefined }),
    visibility: audience || undefined,
    from: dayStart(from),
    until: dayStart(until, 1),
    gone,
  }
  const { value, error } = useLive(source.store, () => source.store.posts(account, query, limit), JSON.stringify([account, query, limit]))
  // What the bundle takes by default; the choice beside its button is not known here.
  const { value: bounds } = useLive(
    source.store,
    async (): Promise<Bounds | undefined> => {
      const [who, profile] = await Promise.all([source.store.account(account), source.store.profile(account)])
      return who && { options: { room }, locked: profile?.locked, latest: latestOf(who.lastSeen) }
    },
    account,
  )
  const destination = withServer(destinationFor(server), server?.facts)
  const count = (one: PostKind): number => totals[totalOf[one]] ?? 0
  const all = kinds.reduce((sum, one) => sum + count(one), 0)
  const left = totals['posts:left'] ?? 0
  const missing = kinds.reduce((sum, one) => sum + (totals[`gone:${totalOf[one]}`] ?? 0), 0)
  const found = value?.rows ?? []
  const problem = failed ?? error
  const there = audiences.filter(one => (totals[`posts:${one}`] ?? 0) > 0 || one === audience)
  const known = !search && !gone && !audience && !from && !until ? (kind === 'left' ? left : kind ? count(kind) : all) : undefined
  /** Another question begins at its first page. */
  const anew = <T,>(set: (value: T) => void) => (value: T): void => {
    set(value)
    setLimit(chunk)
    setChanged(undefined)
  }
  const kept = (counted: Promise<number>, said: boolean): void => void counted.then(number => { if (said) setChanged(number); setFailed(undefined) }, setFailed)
  const leave = (row: PostRow, out: boolean): void => {
    setChanged(undefined)
    kept(source.store.leaveOut(account, [row.id], out), false)
  }
  const leaveAll = (out: boolean): void => kept(source.store.leaveOutAll(account, { ...query, gone: false }, out), true)
  return (
    <section aria-labelledby="posts">
      <h2 id="posts" class="unseen">{t('tab_posts')}</h2>
      {value && all === 0 && found.length === 0 && !search && !kind && !missing ? (
        <p class="empty">{t('posts_none')}</p>
      ) : (
        <div class="files">
          <div class="tools" role="search">
            <Search label={t('posts_search')} found={anew(setSearch)} />
            <label>
              {t('posts_filter')}
              <select value={kind} onChange={event => anew(setKind)(event.currentTarget.value as PostKind | 'left' | '')}>
                <option value="">{t('posts_filter_all', { count: all })}</option>
                {kinds.map(one => <option key={one} value={one}>{t(filterKeys[one], { count: count(one) })}</option>)}
                {(left > 0 || kind === 'left') && <option value="left">{t('posts_filter_left', { count: left })}</option>}
              </select>
            </label>
            {there.length > 1 && (
              <label>
                {t('posts_audience')}
                <select value={audience} onChange={event => anew(setAudience)(event.currentTarget.value)}>
                  <option value="">{t('posts_audience_all')}</option>
                  {there.map(one => <option key={one} value={one}>{word('visibility', one)}</option>)}
                </select>
              </label>
            )}
            <label>
              {t('posts_from')}
              <input type="date" value={from} max={until || undefined} onChange={event => anew(setFrom)(event.currentTarget.value)} />
            </label>
            <label>
              {t('posts_until')}
              <input type="date" value={until} min={from || undefined} onChange={event => anew(setUntil)(event.currentTarget.value)} />
            </label>
            <Gone count={missing} on={gone} set={setGone} />
            {value && <Shown shown={found.length} more={value.next !== undefined} total={known} />}
          </div>
          {found.length > 0 && (
            <div class="row">
              <button type="button" onClick={() => leaveAll(true)}>{t('posts_leave_all')}</button>
              <button type="button" onClick={() => leaveAll(false)}>{t('posts_take_all')}</button>
              <p class="small" role="status">{changed !== undefined && `${t('posts_changed', { count: changed })} `}{left > 0 && t('posts_left', { count: left })}</p>
            </div>
          )}
          <OverTime source={source} account={account} />
          {problem !== undefined && <p class="problem" role="alert">{t('error_store', { detail: detailOf(problem) })}</p>}
          {!value && problem === undefined && <p class="empty">{t('workspace_loading')}</p>}
          {value && found.length === 0 && <p class="empty">{t('posts_nohit')}</p>}
          {found.length > 0 && <ul class="posts" aria-label={t('posts_list')}>{found.map(row => <PostItem key={row.id} row={row} room={room} bounds={bounds} destination={destination} leave={leave} />)}</ul>}
          {value?.next !== undefined && <More press={() => setLimit(limit + chunk)} />}
        </div>
      )}
    </section>
  )
}
