/** Answers that others recorded or made, where they lie beside the project (they are not part of it): every field that each of them has. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { nothing } from '../../../../lib/model/index.ts'
import { ask, seenAt, site, type Asked } from './ask.ts'

const folder = new URL('../../../../../shared/recorded/tiktok/', import.meta.url)
const present = existsSync(folder)
if (!present) console.warn('recorded answers of TikTok are not here: skipped')

const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8')

describe.runIf(present)('recorded answers', () => {
  const name = 'evil0ctal_2026_post_item_list_synthetic.json'
  const host = 'example-cdn.invalid'
  const secUid = 'MS4wLjABAAAA_SYNTHETIC_TIKTOK_AUTHOR_0001'
  const authorId = '6900000000000000001'
  const profile = `${site}/@synthetic.creator`
  it.each<[Asked, string]>([[{}, authorId], [{ url: `/api/post/item_list/?secUid=${secUid}&cursor=0` }, secUid], [{ operation: 'post/item_list', variables: { secUid } }, secUid]])(`${name}, asked %j: a video and a photo post`, (asked, ownerId) => {
    const photo = (number: number) => ({ kind: 'image', url: `https://p16-sign-va.${host}/obj/tos-useast-i-0068/synthetic-photo-${number}~tplv-photomode-image.jpeg`, width: 1080, height: 1440 })
    // The offsets of its marks are one too small.
    expect(ask(text(name), asked)).toEqual({
      ...nothing(),
      posts: [
        {
          id: '7100000000000000001', url: `${profile}/video/7100000000000000001`, authorId, authorHandle: 'synthetic.creator', createdAt: '2024-05-20T10:13:20.000Z', text: 'Sunrise over the harbour, shot on a very cold morning #sunrise #harbour',
          facets: [{ start: 54, end: 62, kind: 'tag', value: 'sunrise' }, { start: 63, end: 71, kind: 'tag', value: 'harbour' }], tags: ['sunrise', 'harbour'],
          media: [{
            id: '7100000000000000001', kind: 'video', url: `https://v16-webapp-prime.${host}/video/tos/useast2a/synthetic-normal-01/?br=1018&h264=1`, preview: `https://p16-sign-va.${host}/obj/tos-useast-p-0068/synthetic-normal-01-origin-cover~tplv-photomode.jpeg`,
            width: 576, height: 1024, size: 2_737_510, type: 'video/mp4', duration: 21,
          }],
          sound: { id: '6900000000000000101', title: 'original sound - synthetic.creator', author: 'Synthetic Creator' }, visibility: 'public', counts: { likes: 98_230, replies: 1284, reposts: 0, shares: 3020, views: 1_204_331, bookmarks: 5121 }, source: 'answer', seenAt,
        },
        {
          id: '7100000000000000002', url: `${profile}/photo/7100000000000000002`, authorId, authorHandle: 'synthetic.creator', createdAt: '2024-05-21T14:00:00.000Z', text: 'Six frames from the market, all shot on film #filmphotography #market',
          facets: [{ start: 45, end: 61, kind: 'tag', value: 'filmphotography' }, { start: 62, end: 69, kind: 'tag', value: 'market' }], tags: ['filmphotography', 'market'], media: [photo(1), photo(2), photo(3)],
          sound: { id: '6900000000000000102', title: 'original sound - synthetic.creator', author: 'Synthetic Creator' }, visibility: 'public', counts: { likes: 4821, replies: 93, reposts: 0, shares: 88, views: 88_210, bookmarks: 612 }, source: 'answer', seenAt,
        },
      ],
      ends: [{ section: 'posts', ownerId, state: 'more', cursor: '1716300000000' }],
    })
  })

  it('whatever else lies there gives whole records and no barrier', () => {
    for (const file of readdirSync(folder)) expect([file, ask(text(file)).barrier, ask(text(file)).unread]).toEqual([file, undefined, []])
  })
})
