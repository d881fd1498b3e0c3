import { useState } from 'preact/hooks'
import type { Key } from '../../lib/browser/phrases.ts'
import type { PostRef } from '../../lib/model/index.ts'
import type { ViewedMedia, ViewedPost } from '../../lib/export/viewer.ts'
import { moment, plural, t, viewed, web, word } from './page.ts'
import { Handle, Out, Say } from './parts.tsx'

const kindKeys: Record<ViewedPost['kind'], Key> = { post: 'viewer_post', reply: 'viewer_reply', repost: 'viewer_repost' }

const Picture = ({ media: { kind, file, alt, width, height }, original }: { media: ViewedMedia; original?: string }) => {
  // Kinds that this browser can't show (HEIC, for most) are still there as files.
  const [failed, setFailed] = useState(false)
  const name = alt || word('viewer_kind', kind)
  if (file === undefined) {
    return (
      <p class="small">
        {alt ? t('viewer_not_kept_alt', { kind: word('viewer_kind', kind), alt }) : t('viewer_not_kept', { kind: word('viewer_kind', kind) })}
        {original && <> <Out href={original}>{t('viewer_at_source', { network: viewed.network })}</Out></>}
      </p>
    )
  }
  if (failed) return <p class="small"><a href={file}>{t('viewer_open_file')}</a> <bdi>{name}</bdi></p>
  const figure = kind === 'video' ? (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- what the network gave has none
    <video controls preload="metadata" src={file} aria-label={name} onError={() => setFailed(true)} />
  ) : kind === 'audio' ? (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- what the network gave has none
    <audio controls preload="metadata" src={file} aria-label={name} onError={() => setFailed(true)} />
  ) : (
    <a href={file}><img loading="lazy" src={file} alt={name} width={width} height={height} onError={() => setFailed(true)} /></a>
  )
  return <figure>{figure}{alt && <figcaption dir="auto">{alt}</figcaption>}</figure>
}

const Target = ({ post, named, plain }: { post: PostRef; named: Key; plain: Key }) => {
  const url = web(post.url)
  const words = post.authorHandle ? <Say k={named} handle={<Handle of={post.authorHandle} />} /> : t(plain)
  return url ? <Out href={url}>{words}</Out> : <span>{words}</span>
}

const Body = ({ post }: { post: ViewedPost }) => {
  const { title, text, media = [], poll } = post
  return (
    <>
      {title && <h3 dir="auto">{title}</h3>}
      {text && <p class="words" dir="auto">{text}</p>}
      {poll && (
        <ul class="poll" aria-label={t('viewer_poll')}>
          {poll.options.map(({ title: option, votes }, at) => <li key={at} dir="auto"><bdi>{option}</bdi>{votes !== undefined && <span class="small"> {plural('viewer_votes', votes)}</span>}</li>)}
        </ul>
      )}
      {media.length > 0 && <div class={`media media-${Math.min(media.length, 3)}`}>{media.map((one, at) => <Picture key={at} media={one} original={web(post.url)} />)}</div>}
    </>
  )
}

/** One post, and where it begins a thread, what follows on it. */
export const Post = ({ post, thread = [], alone = false }: { post: ViewedPost; thread?: ViewedPost[]; alone?: boolean }) => {
  const { kind, createdAt, url, warning, visibility, pinned, edited, ghost, topic, replyTo, quoteOf, repostOf, linkPreview } = post
  const preview = web(linkPreview?.url)
  const original = web(url)
  const reposted = web(repostOf?.url)
  return (
    <article class="post">
      <p class="post-head">
        <span class="badge kind">{t(kindKeys[kind])}</span>
        {createdAt ? <time dateTime={createdAt}>{moment(createdAt)}</time> : <span>{t('viewer_no_date')}</span>}
        {pinned && <span class="badge">{t('viewer_pinned')}</span>}
        {edited && <span class="badge">{t('viewer_edited')}</span>}
        {ghost && <span class="badge">{t('viewer_ghost')}</span>}
        {visibility && visibility !== 'public' && <span class="badge">{word('visibility', visibility)}</span>}
        {alone && post.thread && <span class="badge">{t('viewer_in_thread')}</span>}
        {topic && <bdi class="badge">{topic}</bdi>}
      </p>
      {replyTo && kind === 'reply' && <p class="small"><Target post={replyTo} named="viewer_reply_to" plain="viewer_reply_to_post" /></p>}
      {repostOf && <p>{repostOf.authorHandle ? <Say k="viewer_repost_of" handle={<Handle of={repostOf.authorHandle} />} /> : t('viewer_repost_plain')}</p>}
      {warning ? <details><summary><Say k="viewer_warning" text={<bdi>{warning}</bdi>} /></summary><Body post={post} /></details> : <Body post={post} />}
      {(quoteOf || preview || original || reposted) && (
        <p class="post-links">
          {quoteOf && <Target post={quoteOf} named="viewer_quote_of" plain="viewer_quote" />}
          {reposted && <Out href={reposted}>{t('viewer_repost_link')}</Out>}
          {preview && <Out href={preview}><bdi>{linkPreview?.title ?? preview}</bdi></Out>}
          {original && <Out href={original}>{t('viewer_original', { network: viewed.network })}</Out>}
        </p>
      )}
      {thread.length > 0 && <ol class="thread" aria-label={t('viewer_thread')}>{thread.map(one => <li key={one.id}><Post post={one} /></li>)}</ol>}
    </article>
  )
}
