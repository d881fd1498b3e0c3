/* The simulated site's client app: what a person's browser runs there. Served as it is; knows nothing of the tests. */
(() => {
  'use strict'
  const app = document.getElementById('app')
  const config = JSON.parse(app.dataset.config)
  const say = config.labels
  const visible = () => document.visibilityState === 'visible'
  const wait = ms => new Promise(done => setTimeout(done, ms))
  const el = (tag, props = {}, ...children) => {
    const made = document.createElement(tag)
    for (const [name, value] of Object.entries(props)) {
      if (value === undefined || value === null) continue
      if (name.startsWith('on')) made.addEventListener(name.slice(2), value)
      else made.setAttribute(name, value)
    }
    made.append(...children.filter(child => child !== undefined && child !== null && child !== false))
    return made
  }
  const state = JSON.parse((document.getElementById('__UNIVERSAL_DATA_FOR_REHYDRATION__') || document.getElementById('SIGI_STATE')).textContent)
  const scope = state.__DEFAULT_SCOPE__
  const info = scope ? (scope['webapp.user-detail'] || {}).userInfo : state.UserPage && { user: state.UserModule.users[state.UserPage.uniqueId], stats: state.UserModule.stats[state.UserPage.uniqueId] }

  class Refused extends Error {}
  const ask = async (path, params) => {
    const query = new URLSearchParams({ aid: '1988', app_language: document.documentElement.lang, device_platform: 'web_pc', ...params, msToken: 'MsTokenSecretOfThePerson', 'X-Bogus': 'XBogusSecret', 'X-Gnarly': 'XGnarlySecret' })
    const answer = await fetch(`${config.api}${path}?${query}`, { credentials: 'include' })
    const text = await answer.text()
    if (!answer.ok || text === '') throw new Refused(`${answer.status}`)
    let body
    try { body = JSON.parse(text) } catch { location.assign('/captcha'); throw new Refused('check') }
    if (body.statusCode) throw new Refused(String(body.statusCode))
    return body
  }

  /** A list that asks for its next page near its end, in a visible tab only. */
  const endless = (box, scroller, load, draw) => {
    let [busy, more, cursor, closed, retryAt] = [false, true, '0', false, 0]
    const known = new Set()
    const foot = el('div', { class: 'foot' }, say.loading)
    box.after(foot)
    const near = () => scroller === window ? document.documentElement.scrollHeight - scrollY - innerHeight < 400 : scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 200
    const maybe = async () => {
      if (closed || busy || !more || !visible() || Date.now() < retryAt || !near()) return
      busy = true
      try {
        const page = await load(cursor)
        for (const item of page.items) if (!known.has(item.id)) { known.add(item.id); box.append(draw(item)) }
        more = page.more
        cursor = page.cursor
        foot.textContent = more ? say.loading : ''
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        retryAt = Date.now() + 1000
        foot.replaceChildren(el('button', { onclick: () => { retryAt = 0; void maybe() } }, say.retry))
      }
      busy = false
      setTimeout(() => void maybe(), 60)
    }
    const look = () => void maybe()
    scroller.addEventListener('scroll', look, { passive: true })
    document.addEventListener('visibilitychange', look)
    look()
    return () => { closed = true; scroller.removeEventListener('scroll', look); document.removeEventListener('visibilitychange', look); foot.remove() }
  }

  const main = el('main', { id: 'main-content' })
  const tile = kind => item => el('div', { 'data-e2e': kind, class: 'css-x-DivItemContainerV2' },
    el('a', { href: `/@${item.author ? item.author.uniqueId || item.author : config.handle}/${item.imagePost ? 'photo' : 'video'}/${item.id}`, onclick: event => event.preventDefault() }, el('img', { src: item.video.cover, alt: item.desc, loading: 'lazy' })),
    el('strong', { 'data-e2e': 'video-views' }, String(item.stats ? item.stats.playCount : '')))

  const openFollows = secUid => {
    if (document.querySelector('[role="dialog"]')) return
    const rows = el('div', { class: 'css-x-DivUserListContainer', style: 'height:420px;overflow-y:auto' })
    const box = el('div', {})
    rows.append(box)
    const tabs = el('div', {}, ...['following', 'followers', 'friends', 'suggested'].map(name => el('div', { class: 'css-x-DivTabItem' }, say[name])))
    let close = () => {}
    const dialog = el('div', { role: 'dialog', 'data-e2e': config.plain ? undefined : 'follow-info-popup', style: 'position:fixed;inset:60px 200px;background:#fff;z-index:9' }, el('button', { 'data-e2e': 'follow-popup-close', onclick: () => { close(); dialog.remove() } }, '×'), tabs, rows)
    document.body.append(dialog)
    close = endless(box, rows, async cursor => {
      const page = await ask('/api/user/list/', { scene: String(config.scenes.following), count: '30', minCursor: cursor, maxCursor: '0', secUid })
      return { items: (page.userList || []).map(row => ({ id: row.user.id, ...row })), more: Boolean(page.hasMore) && Boolean(page.userList), cursor: String(page.minCursor) }
    }, row => el('div', { class: 'css-x-DivUserContainer', style: 'height:64px' }, el('a', { href: `/@${row.user.uniqueId}`, onclick: event => event.preventDefault() }, el('p', {}, row.user.nickname), el('p', {}, row.user.uniqueId)), el('button', {}, say.followed)))
  }

  const lists = {
    videos: { path: '/api/post/item_list/', box: 'user-post-item-list', item: 'user-post-item', tab: 'videos-tab' },
    reposts: { path: '/api/repost/item_list/', box: 'user-repost-item-list', item: 'user-repost-item', tab: 'repost-tab' },
    favorites: { path: '/api/user/collect/item_list/', box: 'favorites-item-list', item: 'favorites-item', tab: 'favorites-tab' },
    liked: { path: '/api/favorite/item_list/', box: 'user-liked-item-list', item: 'user-liked-item', tab: 'liked-tab' },
  }

  const showProfile = () => {
    const { user, stats } = info
    const own = config.viewer === user.id
    const content = el('div', { class: 'content' })
    let close = () => {}
    const show = name => {
      const { path, box, item } = lists[name]
      close()
      const grid = el('div', { 'data-e2e': box, class: 'grid' })
      content.replaceChildren(grid)
      close = endless(grid, window, async cursor => {
        const old = config.creator && name === 'videos'
        const page = await ask(old ? '/api/creator/item_list/' : path, { count: '35', coverFormat: '2', cursor: old && cursor === '0' ? String(Date.now()) : cursor, ...(old ? { type: '1' } : {}), ...(name === 'favorites' ? {} : { secUid: user.secUid }) })
        const items = page.itemList || []
        return old ? { items, more: Boolean(page.hasMorePrevious), cursor: items.length ? String(Number(items[items.length - 1].createTime) * 1000) : '0' } : { items, more: Boolean(page.hasMore), cursor: page.cursor }
      }, tile(item))
    }
    const names = own ? ['videos', ...(config.reposts ? ['reposts'] : []), 'favorites', 'liked'] : ['videos']
    const number = (kind, value) => el('div', { class: 'css-x-DivNumber', role: 'button', onclick: () => kind === 'following' && (own || stats.followingCount < 1e9) && openFollows(user.secUid) }, el('strong', { title: say[kind], 'data-e2e': `${kind}-count` }, String(value)), el('span', {}, say[kind]))
    main.append(el('div', {}, el('h1', { 'data-e2e': 'user-title' }, config.plain ? user.nickname : user.uniqueId), el('h2', { 'data-e2e': 'user-subtitle' }, config.plain ? user.uniqueId : user.nickname), el('h3', {}, number('following', stats.followingCount), number('followers', stats.followerCount)), el('h2', { 'data-e2e': 'user-bio' }, user.signature)),
      el('div', { class: 'tabs' }, ...names.map(name => el('p', { role: 'tab', 'data-e2e': lists[name].tab, onclick: () => show(name) }, say[name]))), content)
    show('videos')
  }

  const showFeed = () => {
    const box = el('div', {})
    main.append(box)
    endless(box, window, async () => { const page = await ask('/api/recommend/item_list/', { count: '6' }); return { items: page.itemList, more: false, cursor: '0' } }, item => el('article', { 'data-e2e': 'recommend-list-item-container' }, el('a', { href: `/@${item.author.uniqueId}`, onclick: event => event.preventDefault() }, item.author.nickname), el('p', { 'data-e2e': 'video-desc' }, item.desc)))
  }

  /** What the app asks by itself, about people that nobody asked for. */
  const ambient = async () => {
    const calm = (path, params) => ask(path, params).catch(() => undefined)
    await wait(300)
    await calm('/api/preload/item_list/', { secUid: config.ambient, count: '4' })
    await calm('/api/user/detail/', { uniqueId: config.ambientHandle, secUid: config.ambient })
    await calm('/api/user/list/', { scene: '21', count: '10', minCursor: '0', secUid: config.ambient })
    await calm('/api/user/list/', { scene: '67', count: '10', minCursor: '0', secUid: config.ambient })
    await calm('/api/post/item_list/', { count: '9', cursor: '0', secUid: config.ambient })
    await calm('/api/related/item_list/', { count: '9' })
    await calm('/api/user/list/', { scene: String(config.scenes.followers), count: '10', minCursor: '0', secUid: config.secUid })
  }

  const start = async () => {
    app.append(el('nav', {}, el('a', { href: '/foryou' }, say.forYou), config.handle ? el('a', { 'data-e2e': 'nav-profile', href: `/@${config.handle}` }, say.profile) : el('a', { href: '/login' }, say.logIn)), main)
    if (info && info.user) showProfile()
    else showFeed()
    if (!visible()) await new Promise(done => document.addEventListener('visibilitychange', done, { once: true }))
    if (config.viewer) void ambient()
  }
  void start()
})()
