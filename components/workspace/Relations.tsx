/** What was taken along beside follows and posts, where it was ticked: lists, blocks, mutes, saved posts, likes. */
import { useState } from 'preact/hooks'
import { t, word } from '../../lib/browser/texts.ts'
import type { AccountKey, RelationKind } from '../../lib/model/index.ts'
import type { RelationRow } from '../../lib/store/types.ts'
import { detailOf, useLive } from '../live.ts'
import { Out } from '../Say.tsx'
import { Search } from '../Search.tsx'
import { More, Scrolls, Shown, chunk } from './tools.tsx'
import type { Source } from './source.ts'

const kinds: RelationKind[] = ['list', 'block', 'mute', 'bookmark', 'like', 'known', 'follower']

const Row = ({ row }: { row: RelationRow }) => {
  const link = row.url !== undefined && URL.canParse(row.url) && /^https?:$/.test(new URL(row.url).protocol) ? row.url : undefined
  const shown = row.post ? (row.url ?? row.id) : `@${row.handle ?? row.id}`
  return (
    <tr>
      <th scope="row">
        {!row.post && row.name && <bdi class="name">{row.name}</bdi>}
        <span class={row.name && !row.post ? 'small' : 'name'}>{link ? <Out href={link}><bdi>{shown}</bdi></Out> : <bdi>{shown}</bdi>}</span>
      </th>
      <td>{word('relation', row.relation)}{row.list && <span class="small"><bdi>{row.list}</bdi></span>}</td>
    </tr>
  )
}

export const Relations = ({ source, account }: { source: Source; account: AccountKey }) => {
  const [search, setSearch] = useState('')
  const [kind, setKind] = useState<RelationKind | ''>('')
  const [limit, setLimit] = useState(chunk)
  const query = { search: search || undefined, kind: kind || undefined }
  const { value, error } = useLive(source.store, () => source.store.relations(account, query, limit), JSON.stringify([account, query, limit]))
  const found = value?.rows ?? []
  return (
    <section aria-labelledby="relations">
      <h2 id="relations" class="unseen">{t('tab_relations')}</h2>
      <p class="prose">{t('relations_intro')}</p>
      <div class="files">
        <div class="tools" role="search">
          <Search label={t('relations_search')} found={text => { setSearch(text); setLimit(chunk) }} />
          <label>
            {t('relations_filter')}
            <select value={kind} onChange={event => { setKind(event.currentTarget.value as RelationKind | ''); setLimit(chunk) }}>
              <option value="">{t('relations_filter_all')}</option>
              {kinds.map(one => <option key={one} value={one}>{word('relation', one)}</option>)}
            </select>
          </label>
          {value && <Shown shown={found.length} more={value.next !== undefined} />}
        </div>
        {error !== undefined && <p class="problem" role="alert">{t('error_store', { detail: detailOf(error) })}</p>}
        {!value && error === undefined && <p class="empty">{t('workspace_loading')}</p>}
        {value && found.length === 0 && <p class="empty">{t('relations_none')}</p>}
        {found.length > 0 && (
          <Scrolls label={t('relations_caption')}>
            <table>
              <caption>{t('relations_caption')}</caption>
              <thead><tr><th scope="col">{t('relations_what')}</th><th scope="col">{t('relations_kind')}</th></tr></thead>
              <tbody>{found.map(row => <Row key={row.key} row={row} />)}</tbody>
            </table>
          </Scrolls>
        )}
        {value?.next !== undefined && <More press={() => setLimit(limit + chunk)} />}
      </div>
    </section>
  )
}
