/* The simulated site's client app: what a person's browser runs there. Served as it is; knows nothing of the tests. */
(() => {
  'use strict'
  const app = document.getElementById('app')
  const config = JSON.parse(app.dataset.config)
  const say = config.labels
  const visible = () => document.visibilityState === 'visible'
  const wait = ms => new Promise(done => setTimeout(done, ms))
  const whenVisible = () => visible() ? Promise.resolve() : new Promise(done => {
    const check = () => { if (visible()) { document.removeEventListener('visibilitychange', check); done() } }
    document.addEventListener('visibilitychange', check)
  })
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

  // Every name comes in two spellings, and the state may be one of references.
  const bare = value => value && typeof value === 'object' && '_rawValue' in value ? value._rawValue : value
  const snake = key => key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
  const get = (object, ...path) => path.reduce((here, key) => { const at = bare(here); return at === undefined || at === null ? undefined : bare(key in at ? at[key] : at[snake(key)]) }, object)
  const https = url => url && url.replace(/^http:/, 'https:')
  const pictureOf = image => { const list = get(image, 'infoList') || []; return https(get(image, 'urlDefault') || (list.length ? get(list[list.length - 1], 'url') : get(image, 'url'))) }

  // ---- asking -------------------------------------------------------------------------------------------------

  class Refused extends Error {}

  const sign = () => ({ 'x-s': 'XsSignatureSecret', 'x-t': String(Date.now()), 'x-s-common': 'XsSignatureSecretCommon', 'x-rap-param': 'x' })

  /** Lists go by XHR, single things by fetch, as the site does. */
  const send = (method, path, params, body) => {
    const address = `${config.api}${path}${params ? `?${new URLSearchParams(params)}` : ''}`
    if (method === 'POST') {
      return fetch(address, { method: 'POST', credentials: 'include', headers: { 'content-type': 'application/json;charset=UTF-8', ...sign() }, body: JSON.stringify(body) }).then(async answer => ({ status: answer.status, text: await answer.text() }))
    }
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest()
      request.open(method, address)
      request.withCredentials = true
      for (const [name, value] of Object.entries(sign())) request.setRequestHeader(name, value)
      request.onload = () => resolve({ status: request.status, text: request.responseText })
      request.onerror = () => reject(new Refused('network'))
      request.send()
    })
  }

  const ask = async (method, path, params, body) => {
    const { status, text } = await send(method, path, params, body)
    if (status === 461 || status === 471) {
      location.assign(`/website-login/captcha?redirectPath=${encodeURIComponent(location.pathname)}&verifyUuid=x&verifyType=124`)
      throw new Refused('check')
    }
    let answer
    try { answer = JSON.parse(text) } catch { throw new Refused('garbage') }
    if (answer.code !== 0 || !answer.data) throw new Refused(String(answer.code))
    return answer.data
  }

  const formats = 'jpg,webp,avif'
  const lists = {
    note: (id, cursor) => ['/api/sns/web/v1/user_posted', { num: 30, cursor, user_id: id, image_formats: formats, xsec_token: '', xsec_source: 'pc_user' }],
    fav: (id, cursor) => ['/api/sns/web/v2/note/collect/page', { num: 30, cursor, user_id: id, image_formats: formats, xsec_token: '', xsec_source: '' }],
    liked: (id, cursor) => ['/api/sns/web/v1/note/like/page', { num: 30, cursor, user_id: id, image_formats: formats, xsec_token: '', xsec_source: '' }],
  }
  const cardsOf = data => (get(data, 'notes') || []).map(row => ({ id: get(row, 'noteId'), card: row }))

  // ---- a masonry that holds only the cards in sight, and loads near its end and in a visible tab only -------------

  const COLUMNS = 4
  const HEIGHT = 330
  const WIDTH = 240

  class Feed {
    constructor(first, load) {
      Object.assign(this, { items: [], known: new Set(), shown: new Map(), busy: false, over: false, refused: false, retryAt: 0, load, more: first.more, cursor: first.cursor })
      this.box = el('div', { class: 'feeds-container', id: 'userPostedFeeds' })
      this.foot = el('div', { class: 'foot' })
      this.root = el('div', {}, this.box, this.foot)
      this.add(first.items)
      this.onScroll = () => { if (!this.queued) { this.queued = true; requestAnimationFrame(() => { this.queued = false; this.render(); void this.maybe() }) } }
      window.addEventListener('scroll', this.onScroll, { passive: true })
      document.addEventListener('visibilitychange', this.onScroll)
    }
    close() { this.over = true; window.removeEventListener('scroll', this.onScroll); document.removeEventListener('visibilitychange', this.onScroll); this.root.remove() }
    add(items) { for (const item of items) if (!this.known.has(item.id)) { this.known.add(item.id); this.items.push(item) } }
    near() { return document.documentElement.scrollHeight - scrollY - innerHeight < 300 }
    draw(item, index) {
      const { card } = item
      const user = get(card, 'user')
      return el('section', { class: 'note-item', 'data-index': index, style: `transform:translate(${(index % COLUMNS) * WIDTH}px,${Math.floor(index / COLUMNS) * HEIGHT}px)` },
        el('a', { class: 'cover mask ld', href: `/user/profile/${get(user, 'userId')}/${item.id}?xsec_token=${encodeURIComponent(get(card, 'xsecToken') || '')}&xsec_source=pc_user`, onclick: event => { event.preventDefault(); void openNote(item) } }, el('img', { src: pictureOf(get(card, 'cover')), alt: '', loading: 'lazy' })),
        el('div', { class: 'footer' }, el('a', { class: 'title' }, el('span', {}, get(card, 'displayTitle'))), el('span', { class: 'like-wrapper' }, '♡ ', el('span', { class: 'count' }, get(card, 'interactInfo', 'likedCount')))))
    }
    render() {
      if (this.over || !visible()) return
      this.box.style.height = `${Math.ceil(this.items.length / COLUMNS) * HEIGHT}px`
      const top = -this.box.getBoundingClientRect().top
      const from = Math.max(0, Math.floor((top - 500) / HEIGHT)) * COLUMNS
      const to = Math.min(this.items.length, Math.ceil((top + innerHeight + 500) / HEIGHT) * COLUMNS)
      for (const [index, node] of this.shown) if (index < from || index >= to) { node.remove(); this.shown.delete(index) }
      for (let index = from; index < to; index++) {
        if (this.shown.has(index)) continue
        const node = this.draw(this.items[index], index)
        this.shown.set(index, node)
        this.box.append(node)
      }
      this.foot.replaceChildren(this.refused ? el('button', { onclick: () => { this.retryAt = 0; void this.maybe() } }, say.retry) : this.more ? say.loading : say.end)
    }
    async maybe() {
      if (this.over || this.busy || !this.more || !visible() || Date.now() < this.retryAt || !this.near()) return
      this.busy = true
      try {
        const page = await this.load(this.cursor)
        this.refused = false
        this.add(page.items)
        this.cursor = page.cursor
        this.more = page.more
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        this.refused = true
        this.retryAt = Date.now() + 1000
      }
      this.busy = false
      this.render()
      if (!this.refused) setTimeout(() => void this.maybe(), 80)
    }
    start() { this.render(); void this.maybe() }
  }

  // ---- screens ------------------------------------------------------------------------------------------------

  const state = window.__INITIAL_STATE__
  const user = get(state, 'user')
  const main = el('div', { class: 'main-content' })

  const noteView = note => {
    const images = get(note, 'imageList') || []
    const close = () => { document.getElementById('noteContainer')?.remove(); history.back() }
    return el('div', { id: 'noteContainer', 'data-type': get(note, 'type') },
      el('button', { onclick: close }, say.close), el('span', { class: 'username' }, get(note, 'user', 'nickname')), ...images.map(image => el('img', { src: pictureOf(image), alt: '' })),
      el('div', { id: 'detail-title' }, get(note, 'title')), el('div', { id: 'detail-desc' }, get(note, 'desc')), el('span', { class: 'date' }, new Date(get(note, 'time')).toLocaleDateString()),
      el('p', { class: 'say', contenteditable: 'true', id: 'content-textarea', 'data-placeholder': say.say }))
  }

  /** A note opens over the list; the script that carried the page's first state stays as it was. */
  const openNote = async item => {
    const data = await ask('POST', '/api/sns/web/v1/feed', undefined, { source_note_id: item.id, image_formats: formats.split(','), extra: { need_body_topic: '1' }, xsec_source: 'pc_user', xsec_token: get(item.card, 'xsecToken') || '' }).catch(() => undefined)
    const note = get(get(data, 'items', 0), 'noteCard')
    if (!note) return
    history.pushState({}, '', `/explore/${item.id}?xsec_token=${encodeURIComponent(get(item.card, 'xsecToken') || '')}&xsec_source=pc_user`)
    document.getElementById('noteContainer')?.remove()
    document.body.append(noteView(note))
    void ask('GET', '/api/sns/web/v2/comment/page', { note_id: item.id, cursor: '' }).catch(() => undefined)
  }
  window.addEventListener('popstate', () => document.getElementById('noteContainer')?.remove())

  const showProfile = () => {
    const id = config.route.id
    const shown = get(user, 'userPageData')
    const basic = get(shown, 'basicInfo')
    const queries = get(user, 'noteQueries')
    const tabs = ['note', 'fav', 'liked']
    const own = config.viewer === id
    let feed
    const bar = el('div', { class: 'reds-tabs-list' })
    const loader = tab => async cursor => {
      const [path, params] = lists[tab](id, cursor || '')
      const data = await ask('GET', path, params)
      return { items: cardsOf(data), cursor: get(data, 'cursor'), more: get(data, 'hasMore') }
    }
    const open = (index, first) => {
      feed?.close()
      for (const [i, button] of [...bar.children].entries()) button.className = i === index ? 'reds-tab-item active sub-tab-list' : 'reds-tab-item sub-tab-list'
      feed = new Feed(first || { items: [], cursor: '', more: true }, loader(tabs[index]))
      main.append(feed.root)
      feed.start()
    }
    let active = tabs.indexOf(config.route.tab)
    for (const [index, tab] of tabs.entries()) {
      if (!own && index > 0) continue
      bar.append(el('div', { class: 'reds-tab-item sub-tab-list', onclick: () => { if (index === active) return; active = index; open(index) } }, el('span', {}, say[tab])))
    }
    main.append(
      el('div', { class: 'user-page' }, el('div', { class: 'user-info' }, el('img', { src: https(get(basic, 'imageb')), alt: '' }),
        el('div', {}, el('div', { class: 'user-nickname' }, el('div', { class: 'user-name' }, get(basic, 'nickname'))), el('span', { class: 'user-redId' }, `${say.redId}${get(basic, 'redId')}`), el('div', { class: 'user-desc' }, get(basic, 'desc')),
          el('div', { class: 'user-interactions' }, ...(get(shown, 'interactions') || []).map(one => el('div', {}, el('span', { class: 'count' }, get(one, 'count')), el('span', { class: 'shows' }, say[get(one, 'type')] || get(one, 'name'))))))), bar))
    const cards = (get(user, 'notes', active) || []).map(wrapper => ({ id: get(wrapper, 'id'), card: get(wrapper, 'noteCard') }))
    const query = get(queries, active)
    const cursor = config.modes.includes('page-again') ? '' : get(query, 'cursor') || (cards.length ? cards[cards.length - 1].id : '')
    open(active, { items: cards, cursor, more: get(query, 'hasMore') })
  }

  const showExplore = () => {
    const items = (get(state, 'feed', 'feeds') || []).filter(one => get(one, 'noteCard')).map(one => ({ id: get(one, 'id'), card: get(one, 'noteCard') }))
    const feed = new Feed({ items, cursor: '', more: true }, async () => {
      const data = await ask('POST', '/api/sns/web/v1/homefeed', undefined, { cursor_score: '', num: 31, refresh_type: 3, note_index: 0, category: 'homefeed_recommend' })
      return { items: get(data, 'items').filter(one => get(one, 'modelType') === 'note').map(one => ({ id: get(one, 'id'), card: get(one, 'noteCard') })), cursor: 'x', more: false }
    })
    main.append(feed.root)
    feed.start()
  }

  /** What the app asks by itself, about people that nobody asked for. */
  const ambient = async () => {
    const calm = (method, path, params, body) => whenVisible().then(() => ask(method, path, params, body)).catch(() => undefined)
    await calm('GET', '/api/sns/web/v2/user/me')
    if (!config.viewer) return
    await wait(700)
    await calm('GET', '/api/sns/web/v1/user/hover_card', { user_id: config.ambient, image_formats: formats })
    await calm('GET', '/api/sns/web/v1/user/otherinfo', { target_user_id: config.ambient })
    await calm('GET', ...lists.note(config.ambient, ''))
    await calm('GET', '/api/sns/web/v1/user_posted', { num: 30, cursor: '' })
    await calm('POST', '/api/sns/web/v1/feed', undefined, { source_note_id: config.ambientNote, image_formats: ['jpg'] })
    await calm('POST', '/api/sns/web/v1/homefeed', undefined, { cursor_score: '', num: 31 })
    await calm('GET', '/api/sns/web/v1/search/recommend', { keyword: 'a' })
  }

  const start = async () => {
    await whenVisible()
    app.append(el('nav', { class: 'side-bar' }, el('span', { class: 'brand' }, say.site), el('a', { href: '/explore' }, say.explore), config.viewer ? el('a', { href: `/user/profile/${config.viewer}` }, say.profile) : el('a', { href: '/login' }, say.logIn)), main)
    if (config.route.kind === 'profile') showProfile()
    else if (config.route.kind === 'note') document.body.append(noteView(get(get(state, 'note', 'noteDetailMap')[config.route.note], 'note')))
    else showExplore()
    void ambient()
  }
  void start()
})()
