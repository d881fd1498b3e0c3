/** The people one follows, with what was found out about them. */
import { useEffect, useState } from 'preact/hooks'
import type { ViewedFollow } from '../../lib/export/viewer.ts'
import { Search } from '../Search.tsx'
import { finder, plural, rowsOf, t, viewed, web, word } from './page.ts'
import { Choice, Handle, Lost, More, Out } from './parts.tsx'

/** How many people are drawn at a time. */
const chunk = 100

const files = viewed.data.filter(({ kind }) => kind === 'follows')
const verdicts = ['followable', 'maybe', 'unknown', 'not']

const Person = ({ row: { handle, name, url, address, verdict, why, bio } }: { row: ViewedFollow }) => {
  const page = web(url)
  return (
    <article class="post">
      <h3>{name && <bdi>{name}</bdi>} {page ? <Out href={page}><Handle of={handle} /></Out> : <Handle of={handle} />}</h3>
      <p class="post-head"><span class={`badge of-${verdict}`}>{word('viewer_verdict', verdict)}</span>{address && <bdi class="file-name">{address}</bdi>}{why && <span>{why}</span>}</p>
      {bio && <p class="words small" dir="auto">{bio}</p>}
    </article>
  )
}

export const Follows = () => {
  const [rows, setRows] = useState<ViewedFollow[]>()
  const [lost, setLost] = useState<string>()
  const [search, setSearch] = useState('')
  const [verdict, setVerdict] = useState('')
  const [limit, setLimit] = useState(chunk)
  useEffect(() => {
    let current = true
    const read = async (): Promise<void> => {
      const all: ViewedFollow[] = []
      for (const file of files) {
        try {
          all.push(...(await rowsOf<ViewedFollow>(file)))
        } catch {
          if (current) setLost(file.file)
          break
        }
      }
      if (current) setRows(all)
    }
    void read()
    return () => void (current = false)
  }, [])
  if (files.length === 0) return <p class="empty">{t('viewer_no_follows')}</p>
  if (!rows) return <p class="empty" role="status">{t('viewer_looking')}</p>
  const matches = finder(search)
  const found = rows.filter(row => (verdict === '' || row.verdict === verdict) && (search === '' || matches([row.handle, row.name, row.address, row.bio])))
  return (
    <>
      <div class="tools" role="search">
        <Search label={t('viewer_search_follows')} found={text => { setSearch(text); setLimit(chunk) }} />
        <Choice label={t('viewer_followable')} value={verdict} choose={one => { setVerdict(one); setLimit(chunk) }} options={[['', t('viewer_everybody')], ...verdicts.map((one): [string, string] => [one, word('viewer_verdict', one)])]} />
      </div>
      <p class="small" role="status">{plural('viewer_people', found.length)}</p>
      {lost && <Lost file={lost} />}
      {found.length === 0 && !lost && <p class="empty">{t('viewer_nothing')}</p>}
      {found.length > 0 && <ol class="posts" aria-label={t('viewer_follows')}>{found.slice(0, limit).map((row, at) => <li key={at}><Person row={row} /></li>)}</ol>}
      {found.length > limit && <More press={() => setLimit(limit + chunk)} />}
    </>
  )
}
