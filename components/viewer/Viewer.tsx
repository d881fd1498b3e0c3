/** The pages in a person's own copy: who they are, what they wrote, whom they follow. */
import { useEffect, useState } from 'preact/hooks'
import { Bag } from '../icons.tsx'
import { Follows } from './Follows.tsx'
import { direction, moment, number, t, viewed, web } from './page.ts'
import { Handle, Out, Say } from './parts.tsx'
import { Posts } from './Posts.tsx'

const { account, profile, network } = viewed
const handle = profile?.handle ?? account.handle ?? account.id
const name = profile?.name ?? account.name

const countOf = (kind: 'posts' | 'follows'): number => viewed.data.reduce((sum, file) => sum + (file.kind === kind ? file.count : 0), 0)

/** A value of a field, as a link where it is one. */
const Value = ({ of }: { of: string }) => {
  const url = web(of.trim())
  return url ? <Out href={url}><bdi>{of}</bdi></Out> : <bdi>{of}</bdi>
}

const Who = () => (
  <header class="viewer-who">
    {profile?.header && <img class="header-picture" src={profile.header} alt="" />}
    <div class="who">
      {profile?.avatar ? <img class="face" src={profile.avatar} alt="" width="64" height="64" /> : <span class="face" aria-hidden="true">{[...(name ?? handle)][0]?.toUpperCase()}</span>}
      <div class="who-text">
        <h1>{name && <bdi>{name}</bdi>} <Say k="viewer_title" handle={<Handle of={handle} />} network={network} /></h1>
        <p class="small">{t('viewer_kept', { when: moment(account.lastSeen) })}</p>
      </div>
    </div>
    {profile?.bio && <p class="words" dir="auto">{profile.bio}</p>}
    {((profile?.fields?.length ?? 0) > 0 || (profile?.links?.length ?? 0) > 0) && (
      <dl class="fields">
        {profile?.fields?.map((field, at) => <div key={at}><dt dir="auto">{field.name}</dt><dd><Value of={field.value} /></dd></div>)}
        {profile?.links?.map((link, at) => <div key={`link ${at}`}><dt dir="auto">{link.title || t('viewer_link')}</dt><dd><Value of={link.url} /></dd></div>)}
      </dl>
    )}
    <p class="note">{t('viewer_private')}</p>
  </header>
)

type Part = 'posts' | 'follows'
const partAt = (hash: string): Part => (hash === '#follows' ? 'follows' : 'posts')

export const Viewer = () => {
  const [part, setPart] = useState<Part>(partAt(location.hash))
  useEffect(() => {
    document.documentElement.dir = direction()
    document.title = t('viewer_page', { handle: `@${handle}`, network })
    const changed = (): void => setPart(partAt(location.hash))
    addEventListener('hashchange', changed)
    return () => removeEventListener('hashchange', changed)
  }, [])
  const tabs = [['posts', t('viewer_posts')], ['follows', t('viewer_follows')]] as const
  return (
    <div class="workspace viewer">
      <a class="skip" href="#main" onClick={event => { event.preventDefault(); document.getElementById('main')?.focus() }}>{t('viewer_skip')}</a>
      <div class="brand" role="banner"><Bag size={28} /><span>{t('name')}</span></div>
      <main id="main" tabIndex={-1}>
        <Who />
        <nav class="tabs" aria-label={t('viewer_nav')}>
          {tabs.map(([key, text]) => <a key={key} href={`#${key}`} aria-current={key === part ? 'page' : undefined}>{text} <span class="count">{number(countOf(key))}</span></a>)}
        </nav>
        <section aria-labelledby="part">
          <h2 id="part" class="unseen">{tabs.find(([key]) => key === part)?.[1]}</h2>
          {part === 'posts' ? <Posts /> : <Follows />}
        </section>
      </main>
    </div>
  )
}
