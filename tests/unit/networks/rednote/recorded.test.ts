/** Real answers, where they lie beside the project (they are not part of it): every field that each of them has. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { nothing } from '../../../../lib/model/index.ts'
import { ask, seenAt, site, type Asked } from './ask.ts'

const folder = new URL('../../../../../shared/recorded/rednote/', import.meta.url)
const present = existsSync(folder)
if (!present) console.warn('recorded answers of RedNote are not here: skipped')

const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8')
const china = 'sns-webpic-qc.xhscdn.com'

describe.runIf(present)('recorded answers', () => {
  it.each<Asked>([{}, { url: '/v1/feed' }])('spiderxhs_2023_feed_note_detail.json, asked %j: a video note with a blank text', asked => {
    expect(ask(text('spiderxhs_2023_feed_note_detail.json'), asked)).toEqual({
      ...nothing(),
      posts: [{
        id: '64356527000000001303282b', url: `${site}/explore/64356527000000001303282b`, authorId: '5c80c3ff0000000016015198', authorHandle: '5c80c3ff0000000016015198',
        createdAt: '2023-04-11T13:48:23.000Z', editedAt: '2023-04-28T09:46:45.000Z', title: '一镜到底｜无滤镜｜我的76平轻法式浪漫小家🏠', text: '', facets: [], tags: ['法式装修', '家居版一张封神', '设计', '莫语沙发'], mentions: [],
        media: [{
          id: 'pre_post/1000g0cg2avatijah40005n40ofvlikco6f35ot8', kind: 'video', url: 'https://sns-video-hw.xhscdn.net/stream/110/258/01e43565256bbd500103700387709696d8_258.mp4',
          preview: `https://${china}/202310051422/7ad874b9f514f96b30f53202ed86e8af/1000g0082dm179nugm0005n40ofvlikco2k2n448!nd_whgt34_webp_wm_1`, width: 720, height: 1280, type: 'video/mp4', size: 16460370, duration: 122.972,
        }],
        counts: { likes: 683, replies: 33, shares: 93, bookmarks: 520 }, source: 'answer', seenAt,
      }],
    })
  })

  const owner = '6034d6f20000000001006fbb'
  it.each<[Asked, 'public' | undefined]>([[{}, undefined], [{ url: `/v1/user_posted?num=30&cursor=&user_id=${owner}`, page: `/user/profile/${owner}` }, 'public']])('spiderxhs_2023_user_posted.json, asked %j: 31 cards', (asked, visibility) => {
    const reading = ask(text('spiderxhs_2023_user_posted.json'), asked)
    expect({ ...reading, posts: [] }).toEqual({ ...nothing(), ends: [{ section: 'posts', ownerId: owner, state: 'more', cursor: '647f3e85000000001300e369' }] })
    expect(reading.posts).toHaveLength(31)
    for (const post of reading.posts) {
      expect(post).toMatchObject({ authorId: owner, url: `${site}/explore/${post.id}`, partial: true, createdAtDerived: true, createdAt: new Date(Number.parseInt(post.id.slice(0, 8), 16) * 1000).toISOString(), source: 'answer', seenAt })
      expect([post.visibility, post.text, post.media?.length, typeof post.counts?.likes, typeof post.pinned, Boolean(post.title)]).toEqual([visibility, undefined, 1, 'number', 'boolean', true])
      expect(post.media?.[0]?.url ?? post.media?.[0]?.preview).toMatch(/^https:\/\/sns-img-hw\.xhscdn\.net\/[\w-]+/)
    }
    expect(reading.posts.filter(post => post.pinned)).toHaveLength(1)
    expect(reading.posts[0]).toMatchObject({ id: '62774f36000000000102e609', title: 'VSCO调色｜电影质感·天空色调', createdAt: '2022-05-08T05:03:50.000Z', pinned: true, counts: { likes: 51070 }, media: [{ id: '87efa500-c1ed-af9d-6ce2-6b5a7c84a681', kind: 'image', width: 1280, height: 1706 }] })
  })

  it.each<Asked>([{}, { page: '/explore/6845be170000000012005f95' }])('xhscomment_2025-07_noteDetailMap.json, asked %j: a video note, a note of eight pictures, and nobody who commented', asked => {
    const reading = ask(text('xhscomment_2025-07_noteDetailMap.json'), asked)
    expect({ ...reading, posts: [] }).toEqual(nothing())
    const [video, pictures] = reading.posts
    expect(reading.posts).toHaveLength(2)
    expect(video).toMatchObject({
      id: '6845be170000000012005f95', authorId: '5d4f556c000000001602de72', createdAt: '2025-06-08T16:45:11.000Z', editedAt: '2025-06-13T20:51:31.000Z', title: '把十几年的老车赔进去了',
      tags: ['达拉斯生活', '达拉斯', 'dallas生活', '达拉斯探店', 'dallas周边', 'dallas探店', '美国买车攻略', '美国买车指南', '美国二手车'], mentions: [], counts: { likes: 12000, replies: 75, shares: 255, bookmarks: 4590 }, source: 'state',
      media: [{
        id: 'pre_post/1040g0cg31ifpjajn0ak05nafalm5lnji4jdn9io', kind: 'video', url: 'https://sns-video-hw.xhscdn.com/stream/1/110/259/01e845bd790627e20103700397506fb5bf_259.mp4',
        preview: `https://${china}/202507021336/0cecaed6608a60ff15e152480f7231c5/1040g00831ifp4mdd02605nafalm5lnjil1k9lp0!nd_dft_wlteh_webp_3`, width: 720, height: 1280, duration: 91.7, size: 21860229, type: 'video/mp4',
      }],
    })
    expect(video?.text).toMatch(/^整个过程还算顺利.*\n\t\n#达拉斯生活 #达拉斯 #dallas生活 .*#美国二手车$/s)
    expect(video?.facets?.map(({ start, end, kind }) => [video.text?.slice(start, end), kind])).toEqual(video?.tags?.map(tag => [`#${tag}`, 'tag']))
    expect(pictures).toMatchObject({ id: '6854c059000000001d00f5ca', createdAt: '2025-06-20T01:58:49.000Z', title: '卑微的爸爸', text: '爸爸的奴性养成之路[笑哭R][笑哭R][笑哭R]#由由成长日记 #育儿漫画 #', tags: ['由由成长日记', '育儿漫画'], counts: { likes: 142, replies: 19, shares: 67, bookmarks: 26 } })
    expect(pictures).not.toHaveProperty('editedAt')
    expect(pictures?.media?.map(({ kind, width, height, id }) => [kind, width, height, id?.slice(0, 10)])).toEqual(Array.from({ length: 8 }, () => ['image', 1276, 1702, '1040g2sg31']))
    expect(new Set(pictures?.media?.map(({ id }) => id)).size).toBe(8)
    expect(JSON.stringify(reading)).not.toMatch(/xsec|AB[\w-]{30,}=/)
  })

  it('whatever else lies there gives whole records and no barrier', () => {
    for (const file of readdirSync(folder)) expect([file, ask(text(file)).barrier, ask(text(file)).unread]).toEqual([file, undefined, []])
  })
})
