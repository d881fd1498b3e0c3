/**
 * Pages that show the own copy without a network: `index.html` holds the program, its words and what is known of the account; posts and follows stand in classic
 * scripts beside it, since a page opened from a disk may load those and nothing else (`fetch` fails on `file:`). Whatever others wrote is data in them: it
 * can't end the script, and the program makes text of it, never markup.
 */
import type { Account, AccountKey, Media, PostRef, Profile } from '../model/index.ts'
import type { FollowRow, MediaRow, PostRow } from '../store/types.ts'
import type { Origin, Source } from './types.ts'

/** What the extension brings along for these pages. */
export interface Shell {
  /** The program, as one classic script. */
  script: string
  /** Every text that it says, by key, and the language that they are in (BCP 47). */
  texts: Record<string, string>
  language: string
  /** A follow's reason in words. */
  why?(row: FollowRow): string
}

export interface ViewedMedia extends Pick<Media, 'kind' | 'alt' | 'url' | 'width' | 'height'> { /** Path beside the page. */ file?: string }
/** A post as the pages know it. */
export interface ViewedPost
  extends Pick<PostRow, 'id' | 'kind' | 'url' | 'createdAt' | 'title' | 'text' | 'warning' | 'visibility' | 'pinned' | 'edited' | 'ghost' | 'poll' | 'linkPreview' | 'topic'> {
  /** Id of the post of one's own that its thread begins with; absent: it begins one itself, or answers somebody else. */
  thread?: string
  media?: ViewedMedia[]
  replyTo?: PostRef
  quoteOf?: PostRef
  repostOf?: PostRef
}
export interface ViewedFollow extends Pick<FollowRow, 'handle' | 'name' | 'url' | 'bio'> { address?: string; verdict: string; /** In words. */ why: string }

/** One script of data. */
export interface DataFile { file: string; kind: 'posts' | 'follows'; /** Of posts; '' where nobody knows. */ year?: string; count: number }

/** What stands in the page itself. */
export interface Viewed {
  network: string
  account: Pick<Account, 'handle' | 'id' | 'name' | 'firstSeen' | 'lastSeen'>
  profile?: Pick<Profile, 'name' | 'handle' | 'bio' | 'links' | 'fields' | 'counts' | 'url'> & { avatar?: string; header?: string }
  data: DataFile[]
  texts: Record<string, string>
  language: string
}

/** Rows in one script of data: some hundred kilobytes. */
const ROWS = 2000

/** JSON that can stand in a script: nothing in it ends the script or a line of it (ECMA-262, 12.3; HTML, 4.12.1.3). */
export const inScript = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')

/**
 * The same as an expression of JavaScript. In one, `{"__proto__": …}` would set the prototype, and the key be lost; a computed key is a key like any other
 * (ECMA-262, 13.2.5.5). In JSON only a key can stand between `{` or `,` and `:`, since a quote within a text is escaped.
 */
export const asExpression = (value: unknown): string => inScript(value).replaceAll(/([{,])"__proto__":/g, '$1["__proto__"]:')

const viewedPost = (row: PostRow, files: Map<string, string>): ViewedPost => {
  const { id, kind, url, createdAt, title, text, warning, visibility, pinned, edited, editedAt, ghost, poll, linkPreview, topic, media, replyTo, quoteOf, repostOf } = row
  return {
    id, kind, url, createdAt, title, text, warning, visibility, pinned, edited: edited || editedAt !== undefined || undefined, ghost, poll, linkPreview, topic, replyTo, quoteOf, repostOf,
    media: media?.map(({ kind: what, alt, url: link, width, height }, index) => ({ kind: what, alt, url: link, width, height, file: files.get(`${id} ${index}`) })),
  }
}

const sha = async (text: string): Promise<string> => {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return btoa(String.fromCharCode(...bytes))
}

const asAttribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

/** The page. Its policy lets it load its own program and what lies beside it, and nothing from anywhere else. */
const page = async (viewed: Viewed, { script, language }: Shell): Promise<string> => {
  // The program must not end its own element.
  const program = script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')
  const policy = `default-src 'none'; script-src 'sha256-${await sha(program)}' 'self' file:; style-src 'unsafe-inline'; img-src 'self' file: data:; media-src 'self' file:; base-uri 'none'; form-action 'none'`
  return [
    `<!doctype html>\n<html lang="${asAttribute(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<meta http-equiv="Content-Security-Policy" content="${asAttribute(policy)}"><meta name="referrer" content="no-referrer"><title>Holdall</title></head>`,
    `<body><div id="app"></div><script type="application/json" id="viewed">${inScript(viewed)}</script><script>${program}</script></body></html>\n`,
  ].join('\n')
}

/**
 * @param input `mediaPath`: where a picture lies beside the page, undefined where it is not kept
 * @returns `index.html` last, since it says what the others hold
 */
export const viewerFiles = async function* (input: {
  store: Source
  account: AccountKey
  profile?: Profile
  who: Account
  room: Origin
  mediaPath(row: MediaRow): string | undefined
  shell: Shell
}): AsyncGenerator<{ name: string; chunks: string[] }> {
  const { store, account, profile, who, room, mediaPath, shell } = input
  const data: DataFile[] = []
  const pathsOf = async (ids: string[]): Promise<Map<string, string>> => {
    const rows = ids.length && store.media ? await store.media(account, ids) : []
    return new Map(rows.flatMap(row => { const path = mediaPath(row); return path === undefined ? [] : [[`${row.postId} ${row.index}`, path] as const] }))
  }
  const file = (kind: DataFile['kind'], rows: object[], year?: string): { name: string; chunks: string[] } => {
    const name = `viewer/${kind}-${String(data.length + 1).padStart(4, '0')}.js`
    data.push({ file: name, kind, count: rows.length, ...(year === undefined ? {} : { year }) })
    return { name, chunks: [`holdall(${asExpression(name)},[`, ...rows.map((row, at) => `${at ? ',' : ''}\n${asExpression(row)}`), '\n])\n'] }
  }

  /** What each own post's thread begins with. The store gives posts oldest first, and so the beginning comes before what follows. */
  const roots = new Map<string, string>()
  let posts: ViewedPost[] = []
  const yearOf = (post: ViewedPost | undefined): string => post?.createdAt?.slice(0, 4) ?? ''
  for await (const rows of store.eachPost(account)) {
    const files = await pathsOf(rows.flatMap(({ id, media }) => (media?.length ? [id] : [])))
    for (const row of rows) {
      const post = viewedPost(row, files)
      const root = row.kind === 'post' && row.replyTo?.id !== undefined ? roots.get(row.replyTo.id) : undefined
      if (row.kind !== 'repost') roots.set(row.id, root ?? row.id)
      if (root !== undefined) post.thread = root
      if (posts.length === ROWS || (posts.length > 0 && yearOf(post) !== yearOf(posts[0]))) {
        yield file('posts', posts, yearOf(posts[0]))
        posts = []
      }
      posts.push(post)
    }
  }
  if (posts.length) yield file('posts', posts, yearOf(posts[0]))

  let follows: ViewedFollow[] = []
  for await (const rows of store.eachFollow(account)) {
    for (const row of rows) {
      const { handle, name, url, bio, reach } = row
      follows.push({ handle, name, url: url ?? room.profileUrl(handle), bio, address: reach.address, verdict: reach.verdict, why: shell.why?.(row) ?? '' })
      if (follows.length < ROWS) continue
      yield file('follows', follows)
      follows = []
    }
  }
  if (follows.length) yield file('follows', follows)

  const own = await pathsOf(['@profile'])
  const viewed: Viewed = {
    network: room.name,
    account: { handle: who.handle, id: who.id, name: who.name, firstSeen: who.firstSeen, lastSeen: who.lastSeen },
    ...(profile ? { profile: { name: profile.name, handle: profile.handle, bio: profile.bio, links: profile.links, fields: profile.fields, counts: profile.counts, url: profile.url, avatar: own.get('@profile 0'), header: own.get('@profile 1') } } : {}),
    data, texts: shell.texts, language: shell.language,
  }
  yield { name: 'index.html', chunks: [await page(viewed, shell)] }
}
