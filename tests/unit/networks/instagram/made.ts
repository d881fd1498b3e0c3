/** Answers in the forms that are known, of made-up people. */
export type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json }
export type Obj = { [key: string]: Json }
export interface Someone { id: string; handle: string; name?: string; locked?: boolean }

export const me: Someone = { id: '40112233445', handle: 'ada.of.example', name: 'Ada ✿' }
export const bo: Someone = { id: '51000000007', handle: 'bo_kanter', name: 'Bo Kanter', locked: true }
export const cy: Someone = { id: '77', handle: 'cy.ng_', name: '' }

export const file = (name: string, query = 'oe=6A5B3C00'): string => `https://scontent-fra3-1.cdninstagram.com/v/t51.2885-15/${name}?${query}`

/** A person in the phone's form. */
export const user = (one: Someone, more: Obj = {}): Obj => ({ pk: one.id, pk_id: one.id, id: one.id, strong_id__: one.id, username: one.handle, full_name: one.name ?? '', is_private: one.locked ?? false, is_verified: false, profile_pic_url: file(`${one.id}.jpg`), ...more })

export const profile = (one: Someone, more: Obj = {}): Obj => ({
  ...user(one), biography: 'Paper and bread. With @bo_kanter #bookbinding', external_url: 'https://a.example/?fbclid=x', follower_count: 12, following_count: 34, media_count: 5, hd_profile_pic_url_info: { url: file('hd.jpg'), width: 1080, height: 1080 },
  bio_links: [{ url: 'https://a.example', lynx_url: 'https://l.instagram.com/?u=https%3A%2F%2Fa.example%2F&e=AT', title: 'Mine', link_type: 'external' }, { lynx_url: 'https://l.instagram.com/?u=https%3A%2F%2Fb.example%2Fx&e=AT', title: '' }], ...more,
})

export const graphProfile = (one: Someone, more: Obj = {}): Obj => ({
  id: one.id, fbid: '17841400000000001', username: one.handle, full_name: one.name ?? '', biography: 'Paper and bread. With @bo_kanter #bookbinding', external_url: 'https://a.example/', is_private: false, is_verified: true, edge_follow: { count: 34 }, edge_followed_by: { count: 12 },
  profile_pic_url: file('small.jpg'), profile_pic_url_hd: file('hd.jpg'), edge_owner_to_timeline_media: { count: 5, page_info: { has_next_page: true, end_cursor: 'QVFD' }, edges: [] }, edge_saved_media: { count: 0, page_info: { has_next_page: false, end_cursor: null }, edges: [] }, ...more,
})

export const candidates = (name: string): Obj => ({ candidates: [{ url: file(`${name}_small.jpg`), width: 540, height: 540 }, { url: file(`${name}.jpg`), width: 1080, height: 1080 }] })

/** A post in the phone's form; its number says 2026-01-02T03:04:05Z. */
export const number = '3800903645902405639'
export const item = (one: Someone, more: Obj = {}): Obj => ({
  pk: number, id: `${number}_${one.id}`, code: 'DS_hbpXgAAH', media_type: 1, product_type: 'feed', taken_at: 1767323045, caption: { text: 'Bread, again.', created_at: 1767323045, pk: '180' }, user: user(one), owner: user(one), image_versions2: candidates('bread'), like_count: 7, comment_count: 2, ...more,
})

export const graphItem = (one: Someone, more: Obj = {}): Obj => ({
  __typename: 'GraphImage', id: number, shortcode: 'DS_hbpXgAAH', display_url: file('bread.jpg'), dimensions: { width: 1080, height: 1080 }, is_video: false, accessibility_caption: 'Bread', taken_at_timestamp: 1767323045, owner: { id: one.id, username: one.handle },
  edge_media_to_caption: { edges: [{ node: { text: 'Bread, again.' } }] }, edge_media_preview_like: { count: 7 }, edge_media_to_comment: { count: 2 }, ...more,
})

export const pages = (cursor: string | null): Obj => ({ has_next_page: cursor !== null, end_cursor: cursor })
export const edges = (nodes: Json[], cursor: string | null = null, more: Obj = {}): Obj => ({ edges: nodes.map(node => ({ node, cursor: '' })), page_info: pages(cursor), ...more })
export const timeline = (nodes: Json[], cursor: string | null = null): Obj => ({ data: { xdt_api__v1__feed__user_timeline_graphql_connection: edges(nodes, cursor) } })

const scheduled = (box: Json): Json => ({ require: [['ScheduledServerJS', 'handle', null, [{ __bbox: box }]]] })
const key = (operation: string): string => `adp_${operation}RelayPreloader_0123456789abcdef`
export const viewerModule = (viewer: Someone | null): Json => scheduled({ define: [['PolarisViewer', [], { data: viewer && { id: viewer.id, fbid: '17841400000000001', username: viewer.handle, full_name: viewer.name ?? '', profile_pic_url: file('me.jpg'), biography: 'x' } }, 7369]] })
export const cached = (operation: string, result: Json, cache = 'RelayPrefetchedStreamCache'): Json => scheduled({ require: [[cache, 'next', [], [key(operation), { __bbox: { complete: true, result, sequence_number: 0 } }]]] })
export const expected = (operation: string, variables: Json): Json => scheduled({ require: [['CometPlatformRootClient', 'initialize', [], [{ expectedPreloaders: [{ preloaderID: key(operation), queryID: '1', variables, queryName: operation }] }]]] })
export const html = (...documents: Json[]): string => `<!DOCTYPE html><html><body>${documents.map(document => `<script type="application/json" data-sjs>${JSON.stringify(document).replaceAll('/', '\\/').replaceAll('<', '\\u003C')}</script>`).join('\n')}</body></html>`
