/** Answers and states of made-up people, in the shapes that RedNote has them in. */
export type Json = undefined | string | number | boolean | null | Json[] | { [key: string]: Json }

export const me = { id: '5f0000000000000001000001', name: '艾达 📚', redId: '26593216' }
export const other = { id: '5f0000000000000001000002', name: '小七', redId: '99887766' }
/** 2024-01-12T21:14:43Z and 2023-06-01T08:00:00Z */
export const noteId = '65a1abc3000000001e00d4e5'
export const olderId = '64784f00000000001300e369'

const host = 'http://sns-webpic-qc.xhscdn.com/202611221336/0123456789abcdef0123456789abcdef'

export const image = (key: string, more: { [key: string]: Json } = {}): Json => ({
  url_pre: `${host}/${key}!nd_prv_wlteh_webp_3`, url_default: `${host}/${key}!nd_dft_wlteh_webp_3`, url: '', file_id: '', trace_id: '', width: 1276, height: 1702, live_photo: false, stream: {},
  info_list: [{ image_scene: 'WB_PRV', url: `${host}/${key}!nd_prv_wlteh_webp_3` }, { image_scene: 'WB_DFT', url: `${host}/${key}!nd_dft_wlteh_webp_3` }], ...more,
})
export const pictureAt = (key: string): string => `${host.replace('http:', 'https:')}/${key}!nd_dft_wlteh_webp_3`

export const stream = (path: string, more: { [key: string]: Json } = {}): Json => ({
  master_url: `http://sns-video-hw.xhscdn.com${path}`, backup_urls: [`http://sns-bak-v1.xhscdn.com${path}`], width: 720, height: 1280, duration: 91700, size: 21860229, format: 'mp4', video_codec: 'h264', avg_bitrate: 1907108, ...more,
})

export const card = (id: string, more: { [key: string]: Json } = {}): { [key: string]: Json } => ({
  note_id: id, xsec_token: 'SECRET', type: 'normal', display_title: '雨天的窗', user: { user_id: me.id, nickname: me.name, nick_name: me.name, avatar: 'https://sns-avatar-qc.xhscdn.com/avatar/a1' },
  interact_info: { liked: false, liked_count: '1.2万', sticky: true }, cover: image('cover1'), ...more,
})

export const note = (more: { [key: string]: Json } = {}): { [key: string]: Json } => ({
  note_id: noteId, xsec_token: 'SECRET', type: 'normal', title: '雨天的窗', desc: '和 @小七 一起🌧。undefined 也好。\n#慢生活[话题]# #书[话题]#', time: 1705094083000, last_update_time: 1705094083000, ip_location: '奥地利',
  user: { user_id: me.id, nickname: me.name, avatar: 'https://sns-avatar-qc.xhscdn.com/avatar/a1', xsec_token: 'SECRET' },
  tag_list: [{ id: '1', name: '慢生活', type: 'topic' }, { id: '2', name: '不在文中', type: 'topic' }], at_user_list: [{ user_id: other.id, nickname: '小七', xsec_token: 'SECRET' }], image_list: [image('one'), image('two')],
  interact_info: { liked: false, liked_count: '10万+', collected: false, collected_count: '4590', comment_count: '75', share_count: '255', followed: false, relation: 'none' }, share_info: { un_share: false }, ...more,
})

export const listOf = (notes: Json[], more: { [key: string]: Json } = {}): Json => ({ code: 0, success: true, msg: '成功', data: { notes, cursor: olderId, has_more: true, ...more } })
export const feedOf = (one: Json, id = noteId): Json => ({ code: 0, success: true, msg: '成功', data: { cursor_score: '', items: [{ id, model_type: 'note', note_card: one }], current_time: 1790000000000 } })

/** The same in camelCase, as a state has it. */
export const camel = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(camel)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), camel(inner)]))
}

/** JSON with bare `undefined`. */
export const script = (value: Json): string => {
  if (value === undefined) return 'undefined'
  if (Array.isArray(value)) return `[${value.map(script).join(',')}]`
  if (typeof value === 'object' && value !== null) return `{${Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${script(inner)}`).join(',')}}`
  return JSON.stringify(value).replaceAll('/', '\\u002F')
}

const wrapped = (one: { [key: string]: Json }): Json => ({ id: one.note_id, xsecToken: 'SECRET', index: 0, noteCard: camel(one) })

export const viewerInfo = { userId: me.id, user_id: me.id, nickname: me.name, desc: '装订师\n在 @ida@mastodon.example', gender: 2, images: 'https://sns-avatar-qc.xhscdn.com/avatar/a1', imageb: 'https://sns-avatar-qc.xhscdn.com/avatar/a1', redId: me.redId, red_id: me.redId, guest: false }
export const profilePage = { nickname: me.name, desc: '装订师\n在 @ida@mastodon.example', redId: me.redId, gender: 2, ipLocation: '奥地利', images: 'https://sns-avatar-qc.xhscdn.com/avatar/a1', imageb: 'https://sns-avatar-qc.xhscdn.com/avatar/a1' }
export const interactions = (follows: string, fans: string): Json => [{ type: 'follows', name: '关注', count: follows }, { type: 'fans', name: '粉丝', count: fans }, { type: 'interaction', name: '获赞与收藏', count: '10万+' }]

export const userState = (more: { [key: string]: Json } = {}): { [key: string]: Json } => ({
  loggedIn: true, userInfo: viewerInfo, follow: [],
  userPageData: { basicInfo: profilePage, interactions: interactions('182', '1.2万'), tags: [{ tagType: 'info', name: '26岁', icon: 'http://x.xhscdn.com/i.png' }], tabPublic: { collection: true, collectionNote: { display: true, lock: false, count: 35 } }, extraInfo: { fstatus: 'same' }, result: { success: true } },
  activeTab: { index: 0, query: 'note' }, notes: [[wrapped(card(noteId)), wrapped(card(olderId, { interact_info: { liked_count: '12', sticky: false }, display_title: '' }))], [], [], []],
  noteQueries: [{ num: 30, cursor: olderId, userId: me.id, page: 2, hasMore: true }, ...Array.from({ length: 3 }, () => ({ num: 30, cursor: '', userId: me.id, page: 1, hasMore: true }))], ...more,
})
export const state = (user: Json = userState(), noteDetailMap: Json = {}): { [key: string]: Json } => ({ global: { prefetchTimeout: undefined }, user, note: { noteDetailMap, prevRoute: undefined }, feed: { feeds: [] } })
export const detailMap = (one: Json): Json => ({ [noteId]: { note: camel(one), comments: { list: [{ id: '1', noteId, content: 'stranger', userInfo: { userId: other.id, nickname: 'stranger' } }], cursor: '', hasMore: false }, currentTime: 1 }, '': { note: {}, comments: { list: [] }, currentTime: 0 }, undefined: { note: {} } })
export const page = (text: string): string => `<!doctype html><html><head><title>x</title></head><body><script>window.__SSR__=true</script><script>window.__INITIAL_STATE__=${text}</script></body></html>`
