/** Posts, newest first: read from the disk as far as they are looked at. */
import { useEffect, useState } from 'preact/hooks'
import type { ViewedPost } from '../../lib/export/viewer.ts'
import { Search } from '../Search.tsx'
import { finder, plural, rowsOf, t, viewed } from './page.ts'
import { Choice, Lost, More } from './parts.tsx'
import { Post } from './Post.tsx'

/** How many posts are drawn at a time. */
const chunk = 50

const files = viewed.data.filter(({ kind }) => kind === 'posts').toReversed()
const total = files.reduce((sum, { count }) => sum + count, 0)
const years = [...new Set(files.map(({ year = '' }) => year))]

interface Wanted { search: string; year: string; kind: string }
interface Found { posts: ViewedPost[]; /** Of those that begin one, by the beginning's id: newest first. */ chains: Map<string, ViewedPost[]>; /** Nothing more is behind them. */ all: boolean; /** The year that is being looked through. */ at?: string; lost?: string }

const isWanted = ({ search, kind }: Wanted): ((post: ViewedPost) => boolean) => {
  const matches = search ? finder(search) : () => true
  return post =>
    (kind === '' || (kind === 'media' ? (post.media?.length ?? 0) > 0 : post.kind === kind)) &&
    matches([post.text, post.title, post.warning, post.topic, ...(post.media ?? []).map(({ alt }) => alt), ...(post.poll?.options ?? []).map(({ title }) => title), post.linkPreview?.title, post.replyTo?.authorHandle, post.repostOf?.authorHandle])
}

const setFresh = (chains: Found['chains'], root: string): ViewedPost[] => {
  const fresh: ViewedPost[] = []
  chains.set(root, fresh)
  return fresh
}

/**
 * Looks through the files from the newest on until there is enough. Where everything is shown, what follows on a post of one's own stands under the first of them; where
 * something is looked for, each stands by itself.
 * @param tell what was found so far; `false` from it: nobody waits for it any more
 */
const look = async (wanted: Wanted, limit: number, tell: (found: Found) => boolean): Promise<void> => {
  const plain = wanted.search === '' && wanted.kind === '' && wanted.year === ''
  const wants = isWanted(wanted)
  const posts: ViewedPost[] = []
  const chains: Found['chains'] = new Map()
  const chosen = files.filter(({ year = '' }) => wanted.year === '' || year === wanted.year || (wanted.year === 'none' && year === ''))
  for (const file of chosen) {
    if (posts.length >= limit) return void tell({ posts: posts.slice(0, limit), chains, all: false })
    if (!tell({ posts: posts.slice(0, limit), chains, all: false, at: file.year ?? '' })) return
    try {
      const rows = await rowsOf<ViewedPost>(file)
      for (const post of rows.toReversed()) {
        if (plain && post.thread !== undefined) (chains.get(post.thread) ?? setFresh(chains, post.thread)).push(post)
        else if (wants(post)) posts.push(post)
      }
    } catch {
      return void tell({ posts: posts.slice(0, limit), chains, all: true, lost: file.file })
    }
  }
  tell({ posts: posts.slice(0, limit), chains, all: posts.length <= limit })
}

export const Posts = () => {
  const [wanted, setWanted] = useState<Wanted>({ search: '', year: '', kind: '' })
  const [limit, setLimit] = useState(chunk)
  const [found, setFound] = useState<Found>({ posts: [], chains: new Map(), all: false })
  useEffect(() => {
    let current = true
    void look(wanted, limit, now => {
      if (current) setFound(now)
      return current
    })
    return () => void (current = false)
  }, [wanted, limit])
  const want = (more: Partial<Wanted>): void => {
    setWanted(before => ({ ...before, ...more }))
    setLimit(chunk)
  }
  const alone = wanted.search !== '' || wanted.year !== '' || wanted.kind !== ''
  if (total === 0) return <p class="empty">{t('viewer_no_posts')}</p>
  return (
    <>
      <div class="tools" role="search">
        <Search label={t('viewer_search_posts')} found={search => search !== wanted.search && want({ search })} />
        <Choice label={t('viewer_year')} value={wanted.year} choose={year => want({ year })} options={[['', t('viewer_every_year')], ...years.map((year): [string, string] => (year === '' ? ['none', t('viewer_no_date')] : [year, year]))]} />
        <Choice
          label={t('viewer_kind')} value={wanted.kind} choose={kind => want({ kind })}
          options={[['', t('viewer_every_kind')], ['post', t('viewer_only_posts')], ['reply', t('viewer_only_replies')], ['repost', t('viewer_only_reposts')], ['media', t('viewer_only_media')]]}
        />
      </div>
      <p class="small" role="status">
        {found.at !== undefined && !found.all ? (found.at === '' ? t('viewer_looking') : t('viewer_looking_year', { year: found.at })) : found.all ? plural('viewer_found', found.posts.length + [...found.chains.values()].reduce((sum, { length }) => sum + length, 0)) : plural('viewer_shown', found.posts.length)}
      </p>
      {found.lost && <Lost file={found.lost} />}
      {found.all && found.posts.length === 0 && !found.lost && <p class="empty">{t('viewer_nothing')}</p>}
      {found.posts.length > 0 && <ol class="posts" aria-label={t('viewer_posts')}>{found.posts.map(post => <li key={post.id}><Post post={post} thread={alone ? [] : found.chains.get(post.id)?.toReversed()} alone={alone} /></li>)}</ol>}
      {!found.all && found.at === undefined && <More press={() => setLimit(limit + chunk)} />}
    </>
  )
}
