/** Real answers, where they lie beside the project (they are not part of it): every field that each of them has. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Media, Post, Reading } from '../../../../lib/model/index.ts'
import { ask, askPage, seenAt, type Asked } from './ask.ts'

const folder = new URL('../../../../../shared/recorded/instagram/', import.meta.url)
const present = existsSync(folder)
if (!present) console.warn('recorded answers of Instagram are not here: skipped')

const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8')
const seen = { source: 'answer' as const, seenAt }
const empty: Reading = { profiles: [], follows: [], posts: [], relations: [], counts: [], unread: [], ends: [] }

/** Addresses without their queries: signatures are long. */
const bare = (url: string | undefined) => url?.split('?')[0]
const bareMedia = (post: Post | undefined): Media[] | undefined => post?.media?.map(one => ({ ...one, url: bare(one.url), ...(one.preview && { preview: bare(one.preview) }) }))
const cdn = 'https://scontent-arn2-2.cdninstagram.com/v/t51.2885-15'
const author = { authorId: '305701719', authorHandle: 'jlo', visibility: 'public' as const }

describe.runIf(present)('recorded answers', () => {
  it('a profile by web_profile_info, 2022: Graph form, its lists empty though they are counted', () => {
    for (const asked of [{ url: '/api/v1/users/web_profile_info/?username=robertdowneyjr' }, { url: '/' }] as Asked[]) {
      const reading = ask(text('pgrimaud.profile.json'), asked)
      const [profile] = reading.profiles
      expect({ ...profile, avatar: bare(profile?.avatar) }).toEqual({
        id: '1518284433', handle: 'robertdowneyjr', name: 'Robert Downey Jr. Official', bio: 'Get involved: @officialfootprintcoalition 🌎🙏', avatar: 'https://scontent-cdt1-1.cdninstagram.com/v/t51.2885-19/143237481_227994098925572_6634984787450078090_n.jpg',
        url: 'https://www.instagram.com/robertdowneyjr/', locked: false, verified: true, counts: { follows: 5, followers: 52979346, posts: 419 }, ...seen,
      })
      expect(profile?.avatar).toContain('s320x320')
      expect({ ...reading, profiles: [] }).toEqual({ ...empty, counts: [{ section: 'posts', ownerId: '1518284433', value: 419 }] })
    }
  })

  it('a series, 2020', () => {
    const reading = ask(text('pgrimaud.media.json'), { url: '/api/v1/media/2317006284167526179/info/' })
    const [post] = reading.posts
    const caption = 'Today, #LetsGetLoud for our heroes! ❤️🤍💙 We honor all those who served our amazing country and made the ultimate sacrifice for our freedom. 🇺🇸🙏 ✨ #MemorialDay 📸: MTV'
    const image = (id: string, url: string, width: number, expiresAt = '2022-03-16T20:53:11.000Z') => ({ id, kind: 'image', url, width, height: width, expiresAt })
    expect({ ...post, media: bareMedia(post) }).toEqual({
      id: '2317006284167526179', url: 'https://www.instagram.com/p/CAnqPB-Jzcj/', ...author, createdAt: '2020-05-25T17:44:54.000Z', edited: true, text: caption,
      facets: [{ start: 7, end: 19, kind: 'tag', value: 'LetsGetLoud' }, { start: 151, end: 163, kind: 'tag', value: 'MemorialDay' }], tags: ['LetsGetLoud', 'MemorialDay'],
      media: [
        image('2317006281046924667', `${cdn}/100999294_588574515099288_8259818582928412966_n.jpg`, 1440), expect.objectContaining({ id: '2317006281030202874', kind: 'image', width: 1242, height: 1242 }), expect.objectContaining({ id: '2317006281046781386', kind: 'image', width: 1440, height: 1440 }),
      ],
      counts: { likes: 820750, replies: 4647 }, ...seen,
    })
    expect({ ...reading, posts: [] }).toEqual(empty)
    expect(caption.slice(151, 163)).toBe('#MemorialDay')
  })

  it('a video, 2020', () => {
    const reading = ask(text('pgrimaud.media-2.json'))
    const [post] = reading.posts
    expect({ ...post, media: bareMedia(post) }).toEqual({
      id: '2307774091974900767', url: 'https://www.instagram.com/p/CAG3E8-A3wf/', ...author, createdAt: '2020-05-13T00:02:39.000Z', text: '2 WEEKS until we’re dancin’ again. 🖤@nbcworldofdance #BTS 📸',
      facets: [{ start: 37, end: 53, kind: 'mention', value: 'nbcworldofdance' }, { start: 54, end: 58, kind: 'tag', value: 'BTS' }], tags: ['BTS'], mentions: ['nbcworldofdance'],
      media: [{
        id: '2307774091974900767', kind: 'video', url: 'https://scontent-arn2-1.cdninstagram.com/v/t50.2886-16/97123416_266521251063435_4033037212785927152_n.mp4', preview: 'https://scontent-arn2-1.cdninstagram.com/v/t51.2885-15/96711912_2692311911005221_1664474964858510029_n.jpg',
        width: 720, height: 900, duration: 16.266, expiresAt: '2022-03-14T04:45:43.000Z',
      }],
      counts: { likes: 600190, replies: 6741, views: 4048603 }, ...seen,
    })
    expect({ ...reading, posts: [] }).toEqual(empty)
  })

  it('the same posts as a page of a feed: with an end', () => {
    expect(ask(text('pgrimaud.media.json'), { url: '/api/v1/feed/user/305701719/?count=12' })).toMatchObject({ posts: [{ id: '2317006284167526179' }], ends: [{ section: 'posts', ownerId: '305701719', state: 'end' }] })
  })

  it('a page of a follow list, 2020: by a stored query of old', () => {
    const asked: Asked = { url: '/graphql/query/?query_hash=d04b0a864b4b54837c0d870b0e77e076', operation: 'd04b0a864b4b54837c0d870b0e77e076', variables: { id: '1518284433', first: 24 } }
    const body = text('pgrimaud.followings-feed.json')
    const reading = ask(body, asked)
    const raw = (JSON.parse(body) as { data: { user: { edge_follow: { edges: { node: { id: string; username: string; full_name: string; is_private: boolean; is_verified: boolean; profile_pic_url: string } }[] } } } }).data.user.edge_follow.edges
    expect(raw).toHaveLength(24)
    expect(reading.follows).toEqual(
      raw.map(({ node }, position) => ({
        id: node.id, handle: node.username, ...(node.full_name && { name: node.full_name }), avatar: node.profile_pic_url, url: `https://www.instagram.com/${node.username}/`, locked: node.is_private, verified: node.is_verified, ownerId: '1518284433', relation: 'follow', position, ...seen,
      })),
    )
    expect(reading.follows[0]).toMatchObject({ id: '3084365906', handle: 'amh4real', name: 'Anthony Michael Hall', locked: false, verified: true })
    expect({ ...reading, follows: [] }).toEqual({
      ...empty, counts: [{ section: 'follows', ownerId: '1518284433', value: 55 }],
      ends: [{ section: 'follows', ownerId: '1518284433', state: 'more', cursor: 'QVFCa2oybzk2OGxERHdEMzFPMGtsUjUzTUZ5MU9WZFo2SWFyeVkycWJucWlNb1FVV3VOY3V3NzZ2TkFSWHJ0MUJvX2ZQN2EzV29lRHVFQ0V3TE1vM05vNA==' }],
    })
    // Without the question nobody knows whose it is.
    const unasked = ask(body)
    expect(unasked.follows).toHaveLength(24)
    expect([...unasked.follows, ...unasked.ends, ...unasked.counts].filter(one => one.ownerId !== undefined)).toEqual([])
  })

  it.each([['challenge', { kind: 'challenge' }], ['challenge-error', { kind: 'challenge' }], ['challenge-done', undefined]])('checkpoint: %s', (name, barrier) => {
    expect(ask(text(`pgrimaud.checkpoint/${name}.json`), { url: '/api/v1/friendships/1/following/', status: name === 'challenge' ? 400 : 200 })).toMatchObject(barrier ? { ...empty, barrier } : { follows: [], posts: [], ends: [] })
  })

  it('what is no answer gives nothing: the bare elements of a page; files of the official download are known by what stands in them', () => {
    expect(askPage(text('SKELETON.ig-profile-followers-dialog.2026-04.html'), '/owner_user/')).toEqual(empty)
    for (const name of ['test_image.posts', 'test_images.posts']) {
      const { posts, unread } = ask(text(`export.marcomaroni.${name}.json`))
      expect([posts.length, posts.every(({ unnumbered, source }) => unnumbered && source === 'export'), unread]).toEqual([(JSON.parse(text(`export.marcomaroni.${name}.json`)) as unknown[]).length, true, []])
    }
  })
})
