/* The simulated site's client app: what a person's browser runs there. Served as it is; knows nothing of the tests. */
(() => {
  'use strict'
  const app = document.getElementById('app')
  const config = JSON.parse(app.dataset.config)
  const say = (key, values = {}) => Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), config.labels[key])
  const has = mode => config.modes.includes(mode)
  const compact = number => new Intl.NumberFormat(config.language, { notation: 'compact', maximumFractionDigits: 1 }).format(number)
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
  const sign = (label, path) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
    for (const [name, value] of [['aria-label', label], ['viewBox', '0 0 24 24'], ['width', '20'], ['height', '20'], ['role', 'img']]) made.setAttribute(name, value)
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'path')
    line.setAttribute('d', path)
    made.append(line)
    return made
  }

  // ---- asking -------------------------------------------------------------------------------------------------

  class Refused extends Error {}
  let turn = 0

  /** Both ways of asking are used, and each of them in more than one manner. */
  const transfer = (method, address, headers, body) => {
    const way = has('xhr-json') ? 'xhr' : ['fetch', 'xhr', 'request'][turn++ % 3]
    if (way === 'xhr') {
      return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest()
        request.open(method, address)
        if (has('xhr-json')) request.responseType = 'json'
        request.withCredentials = address.startsWith('https:')
        for (const [header, value] of Object.entries(headers)) request.setRequestHeader(header, value)
        request.onload = () => resolve({ status: request.status, text: has('xhr-json') ? JSON.stringify(request.response) : request.responseText })
        request.onerror = () => reject(new Refused('network'))
        request.send(body && body.toString())
      })
    }
    const options = { method, headers, credentials: address.startsWith('https:') ? 'include' : 'same-origin', ...(body ? { body: way === 'request' ? body.toString() : body } : {}) }
    return (way === 'request' ? fetch(new Request(address, options)) : fetch(address, options)).then(async answer => ({ status: answer.status, text: await answer.text() }))
  }

  /** Puts the documents of one body together: later ones say where they belong by `path`. */
  const together = text => {
    const clean = text.replace(/^for \(;;\);/, '')
    let documents
    try { documents = [JSON.parse(clean)] } catch { documents = clean.split(/\r?\n/).filter(line => line.trim()).map(line => JSON.parse(line)) }
    const [first, ...rest] = documents
    for (const part of rest) {
      let at = first.data
      for (const step of part.path.slice(0, -1)) at = at[step]
      const last = part.path[part.path.length - 1]
      if (Array.isArray(at)) at[last] = part.data
      else Object.assign(at[last], part.data)
    }
    return first
  }

  const opened = ({ status, text }) => {
    let found
    try { found = together(text) } catch { throw new Refused(status === 429 ? 'rate' : 'garbage') }
    if (!found) throw new Refused('garbage')
    if (found.message === 'checkpoint_required') { location.assign(found.checkpoint_url); throw new Refused('checkpoint') }
    if (found.require_login || found.message === 'login_required') { location.assign('/accounts/login/'); throw new Refused('login') }
    if (status !== 200 || found.status === 'fail') throw new Refused('rate')
    return found
  }

  const shared = { 'x-ig-app-id': '936619743392459', 'x-asbd-id': '359341', 'x-csrftoken': config.secrets.csrf, 'x-ig-www-claim': config.secrets.claim }
  const rest = async (path, query = {}) => opened(await transfer('GET', `${has('i-host') ? 'https://i.instagram.com' : ''}/api/v1${path}?${new URLSearchParams(query)}`, shared))
  const legacy = async (hash, variables) => opened(await transfer('GET', `/graphql/query/?${new URLSearchParams({ query_hash: hash, variables: JSON.stringify(variables) })}`, shared))
  const graphql = async (key, variables) => {
    const [name, doc] = config.operations[key]
    const form = new URLSearchParams({ av: '17841400000000000', __d: 'www', __user: '0', __a: '1', __req: 'q', __comet_req: '7', lsd: config.secrets.lsd, jazoest: '26412', fb_dtsg: config.secrets.dtsg, fb_api_caller_class: 'RelayModern', fb_api_req_friendly_name: name, variables: JSON.stringify(variables), server_timestamps: 'true', doc_id: doc })
    return opened(await transfer('POST', '/graphql/query', { ...shared, 'content-type': 'application/x-www-form-urlencoded', 'x-fb-friendly-name': name, 'x-fb-lsd': config.secrets.lsd, 'x-root-field-name': 'data' }, form))
  }

  const find = (value, test, depth = 0) => {
    if (typeof value !== 'object' || value === null || depth > 14) return undefined
    if (!Array.isArray(value) && test(value)) return value
    for (const inner of Object.values(value)) { const found = find(inner, test, depth + 1); if (found) return found }
    return undefined
  }
  /** A page of any list, in whichever form. */
  const pageOf = document_ => {
    const edges = find(document_, value => Array.isArray(value.edges) && value.page_info)
    if (edges) return { items: edges.edges.map(edge => edge.node.media || edge.node), cursor: edges.page_info.end_cursor, more: edges.page_info.has_next_page }
    const grid = find(document_, value => Array.isArray(value.repost_grid_items))
    if (grid) return { items: grid.repost_grid_items.map(one => one.media), cursor: grid.page_info ? grid.page_info.end_cursor : grid.next_max_id, more: grid.page_info ? grid.page_info.has_next_page : grid.more_available }
    const phone = find(document_, value => Array.isArray(value.users) || Array.isArray(value.items)) || { items: [] }
    return { items: (phone.users || phone.items).map(one => one.media || one), cursor: phone.next_max_id, more: Boolean(phone.next_max_id) }
  }
  const profileOf = document_ => find(document_, value => typeof value.biography === 'string' && value.username)

  // ---- state in the page --------------------------------------------------------------------------------------

  const held = new Map()
  const take = value => {
    if (!Array.isArray(value)) { if (typeof value === 'object' && value !== null) Object.values(value).forEach(take); return }
    const name = typeof value[0] === 'string' && /^adp_(.+)RelayPreloader_/.exec(value[0])
    if (!name || !value[1] || !value[1].__bbox) { value.forEach(take); return }
    const { result } = value[1].__bbox
    held.set(Object.keys(config.operations).find(key => config.operations[key][0] === name[1]), result.response ? JSON.parse(result.response) : result)
  }
  for (const script of document.querySelectorAll('script[data-sjs]')) if (/RelayPrefetchedStreamCache|PolarisQueryPreloaderCache/.test(script.textContent)) take(JSON.parse(script.textContent))

  // ---- lists: draw only what is near, load only near the end and in a visible tab --------------------------------

  /** @param load (cursor) → {items, cursor, more} @param rowHeight of a line in pixels @param perLine how many items stand in a line */
  class List {
    constructor({ scroller, load, draw, rowHeight, perLine = 1, first }) {
      Object.assign(this, { scroller, load, draw, rowHeight, perLine, items: [], shown: new Map(), more: true, cursor: undefined, busy: false, over: false, retryAt: 0, tries: 0 })
      this.box = el('div', { style: 'display: flex; flex-direction: column; padding-bottom: 0px; padding-top: 0px; position: relative;' })
      this.foot = el('div', { class: 'more' })
      this.root = el('div', {}, this.box, this.foot)
      this.target = scroller || window
      this.onScroll = () => { if (!this.queued) { this.queued = true; setTimeout(() => { this.queued = false; this.render(); void this.maybe() }, 16) } }
      this.target.addEventListener('scroll', this.onScroll, { passive: true })
      document.addEventListener('visibilitychange', this.onScroll)
      if (first) this.add(first)
    }
    close() { this.over = true; this.target.removeEventListener('scroll', this.onScroll); document.removeEventListener('visibilitychange', this.onScroll) }
    add({ items, cursor, more }) { this.items.push(...items); this.cursor = cursor; this.more = more }
    start() { this.render(); void this.maybe() }
    edges() {
      if (this.scroller) return { top: this.scroller.scrollTop, height: this.scroller.clientHeight, left: this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight }
      return { top: -this.box.getBoundingClientRect().top, height: innerHeight, left: document.documentElement.scrollHeight - scrollY - innerHeight }
    }
    render() {
      if (this.over || !visible()) return
      const { top, height } = this.edges()
      const lines = Math.ceil(this.items.length / this.perLine)
      const from = Math.max(0, Math.min(lines, Math.floor((top - 400) / this.rowHeight)))
      const to = Math.max(from, Math.min(lines, Math.ceil((top + height + 400) / this.rowHeight)))
      for (const [line, node] of this.shown) if (line < from || line >= to) { node.remove(); this.shown.delete(line) }
      let place = null
      for (let line = to - 1; line >= from; line--) {
        let node = this.shown.get(line)
        if (!node) { node = el('div', this.perLine > 1 ? { class: 'line' } : {}, ...this.items.slice(line * this.perLine, (line + 1) * this.perLine).map(this.draw)); this.shown.set(line, node); this.box.insertBefore(node, place) }
        place = node
      }
      this.box.style.paddingTop = `${from * this.rowHeight}px`
      this.box.style.paddingBottom = `${(lines - to) * this.rowHeight}px`
      this.foot.textContent = this.refused ? '' : this.more ? say('loading') : this.items.length ? '' : say('empty')
      if (this.refused && !this.foot.firstChild) this.foot.append(el('button', { onclick: () => { this.retryAt = 0; void this.maybe() } }, say('retry')))
    }
    async maybe() {
      if (this.over || this.busy || !this.more || !visible() || Date.now() < this.retryAt || this.edges().left > 500) return
      this.busy = true
      let again = false
      try {
        this.add(await this.load(this.cursor))
        this.tries = 0
        this.refused = false
      } catch (error) {
        // After a limit the app stops until the person scrolls on; after an answer that it can't read it tries again by itself, a few times.
        again = error instanceof Refused && error.message === 'garbage' && ++this.tries < 4
        this.refused = !again
        this.retryAt = Date.now() + (again ? 600 : 1000)
      }
      this.busy = false
      this.render()
      if (again) setTimeout(() => void this.maybe(), 700)
      else if (!this.refused && (this.items.length === 0 || this.edges().left <= 0)) setTimeout(() => void this.maybe(), 60)
    }
  }

  // ---- pieces -------------------------------------------------------------------------------------------------

  const link = (href, ...children) => el('a', { href, role: 'link', tabindex: '0' }, ...children)
  const stillOf = post => post.display_url || (post.image_versions2 && post.image_versions2.candidates[0] && post.image_versions2.candidates[0].url)
  const codeOf = post => post.code || post.shortcode
  const cell = handle => post => {
    if (!post) return el('a')
    const reel = post.product_type === 'clips'
    return link(`/${handle}/${reel ? 'reel' : 'p'}/${codeOf(post)}/`, el('img', { alt: post.accessibility_caption || '', src: stillOf(post), crossorigin: 'anonymous', loading: 'lazy' }),
      post.media_type === 8 || /Sidecar/.test(post.__typename) ? sign(say('carousel'), 'M4 4h12v12H4z') : reel ? sign(say('clip'), 'M8 5l11 7-11 7z') : undefined)
  }
  const row = person => el('div', { class: 'row' },
    person.latest_reel_media ? el('span', { role: 'link', tabindex: '-1' }, el('img', { alt: say('picture', { name: person.username }), src: person.profile_pic_url, draggable: 'false' })) : link(`/${person.username}/`, el('img', { alt: say('picture', { name: person.username }), src: person.profile_pic_url, draggable: 'false' })),
    el('div', {}, link(`/${person.username}/`, el('span', { dir: 'auto' }, person.username)), person.full_name ? el('span', { dir: 'auto', class: 'soft' }, person.full_name) : undefined),
    el('button', { type: 'button', onclick: event => { event.stopPropagation(); void graphql('follow_', { target_user_id: person.id }).catch(() => undefined) } }, say('followingButton')))

  const article = post => el('article', {}, link(`/${post.user.username}/`, post.user.username), el('img', { src: stillOf(post), alt: '', loading: 'lazy' }), el('p', { dir: 'auto' }, post.caption ? post.caption.text : ''), el('span', {}, `♡ ${compact(post.like_count)}`))

  // ---- screens ------------------------------------------------------------------------------------------------

  const main = el('main', { role: 'main' })
  let list
  let view = {}

  /** Pages of the follow list, in the form that the site has today. */
  const peoplePage = (pk, kind) => async cursor => {
    if (has('follow-query')) return pageOf(await graphql('follow', { userID: pk, isFollowerList: kind === 'followers', first: 12, after: cursor || null, query: '' }))
    if (has('follow-legacy') && kind === 'following') return pageOf(await legacy(config.hashes.follow, { id: pk, include_reel: true, fetch_mutual: false, first: 24, ...(cursor ? { after: cursor } : {}) }))
    return pageOf(await rest(`/friendships/${pk}/${kind}/`, { count: '12', ...(cursor ? { max_id: cursor } : {}), ...(kind === 'followers' ? { search_surface: 'follow_list_page' } : {}) }))
  }

  const openPeople = (pk, kind, handle) => {
    if (document.querySelector('.shade.people')) return
    const here = location.pathname
    if (!has('dialog-still')) history.pushState({}, '', `/${handle}/${kind}/`)
    const scroller = el('div', { style: 'height: 300px; overflow: hidden auto;' })
    const rows = new List({ scroller, rowHeight: 60, draw: row, load: peoplePage(pk, kind) })
    const shade = el('div', { class: 'shade people' })
    const close = () => { rows.close(); shade.remove(); if (location.pathname !== here) history.replaceState({}, '', here) }
    shade.append(el('div', { 'aria-modal': 'true', role: 'dialog' },
      el('div', { dir: 'auto' }, el('div', { 'aria-level': '1', role: 'heading' }, say(kind))), el('button', { type: 'button', onclick: close }, sign(say('close'), 'M4 4l16 16')),
      el('div', { class: 'find' }, el('input', { 'aria-label': say('search'), placeholder: say('search'), type: 'text', value: '' })), scroller))
    scroller.append(rows.root)
    document.body.append(shade)
    rows.start()
  }

  const counter = (profile, pk, kind, number) => {
    const open = event => { event.preventDefault(); event.stopPropagation(); openPeople(pk, kind, profile.username) }
    return el('div', {}, el('a', { href: has('href-hash') ? '#' : `/${profile.username}/${kind}/`, role: 'link', tabindex: '0', onclick: open }, el('span', { dir: 'auto' }, el('span', { title: number.toLocaleString(config.language) }, el('span', {}, compact(number))), ` ${say(kind)}`)))
  }

  const header = (profile, pk) => {
    const numbers = profile.follower_count === undefined ? [profile.edge_owner_to_timeline_media.count, profile.edge_followed_by.count, profile.edge_follow.count] : [profile.media_count, profile.follower_count, profile.following_count]
    const counts = el('div', { class: 'counts' }, el('div', {}, el('span', { dir: 'auto' }, el('span', {}, el('span', {}, compact(numbers[0]))), ` ${say('posts')}`)))
    // The counters come a little after the rest.
    setTimeout(() => counts.append(counter(profile, pk, 'followers', numbers[1]), counter(profile, pk, 'following', numbers[2])), 300)
    return el('header', {}, el('img', { alt: say('picture', { name: profile.username }), src: profile.profile_pic_url }),
      el('section', {}, el('h2', { dir: 'auto' }, profile.username), counts, el('span', { dir: 'auto' }, profile.full_name), el('div', { class: 'bio', dir: 'auto' }, profile.biography), ...(profile.bio_links || []).map(one => el('div', {}, el('a', { href: one.lynx_url, rel: 'me nofollow noopener' }, one.title || one.url)))))
  }

  const askProfile = (handle, pk) => {
    if (has('web-info') || has('graph-form')) return rest('/users/web_profile_info/', { username: handle })
    if (has('rest-feed') && pk) return rest(`/users/${pk}/info/`)
    return graphql('profile', { id: pk, username: pk ? undefined : handle, render_surface: 'PROFILE' })
  }

  const loadTab = (tab, pk, handle) => async cursor => {
    const named = has('by-name')
    if (tab === 'reels') {
      const variables = { data: { include_feed_video: true, page_size: 12, ...(named ? {} : { target_user_id: pk }) }, ...(named ? { username: handle } : {}), ...(cursor ? { after: cursor, first: 12, before: null } : {}) }
      return pageOf(await graphql(cursor ? 'reelsNext' : 'reels', variables))
    }
    if (tab === 'reposts') return pageOf(await graphql(cursor ? 'repostsNext' : 'reposts', { ...(named ? { username: handle } : cursor ? { id: pk } : { userID: pk }), first: 6, ...(cursor ? (has('repost-max-id') ? { max_id: cursor } : { after: cursor }) : {}) }))
    if (has('rest-feed')) return pageOf(await rest(`/feed/user/${pk}/`, { count: '12', ...(cursor ? { max_id: cursor } : {}) }))
    if (has('graph-form')) {
      if (!cursor) return pageOf(view.profile.edge_owner_to_timeline_media)
      return pageOf(await legacy(config.hashes.posts, { id: pk, first: 12, after: cursor }))
    }
    return pageOf(await graphql(cursor ? 'postsNext' : 'posts', { ...(cursor ? { after: cursor, before: null, last: null } : {}), data: { count: 12, include_reel_media_seen_timestamp: true }, first: 12, username: handle }))
  }

  const showProfile = async (handle, tab, first) => {
    if (view.handle !== handle) {
      const document_ = held.get('profile') || await askProfile(handle, first && config.route.handle === handle ? config.route.pk : undefined)
      held.delete('profile')
      const profile = profileOf(document_)
      if (!profile) { main.replaceChildren(say('nobody')); return }
      view = { handle, profile, pk: config.route.handle === handle ? config.route.pk : String(profile.id || profile.pk) }
    }
    const { profile, pk } = view
    const tabs = [['posts', '', 'tabPosts'], ...(has('no-tabs') ? [] : [['reels', 'reels/', 'tabReels'], ['reposts', 'reposts/', 'tabReposts']]), ['tagged', 'tagged/', 'tabTagged']]
    const bar = el('div', { role: 'tablist' }, ...tabs.map(([name, path, label]) => el('a', { 'aria-selected': String(name === tab), href: `/${handle}/${path}`, role: 'link', tabindex: '0' }, sign(say(label), 'M4 4h16v16H4z'))))
    const preloaded = tab === 'posts' && held.get('posts')
    held.delete('posts')
    list = new List({ rowHeight: 244, perLine: 3, draw: cell(handle), load: loadTab(tab, pk, handle), first: preloaded ? pageOf(preloaded) : undefined })
    main.replaceChildren(header(profile, pk), bar, list.root)
    list.start()
    if (['following', 'followers'].includes(location.pathname.split('/')[2])) setTimeout(() => openPeople(pk, location.pathname.split('/')[2], handle), 500)
  }

  const showSaved = handle => {
    const load = async cursor => pageOf(has('saved-query') ? await graphql('saved', { first: 8, ...(cursor ? { after: cursor } : {}) }) : await rest('/feed/saved/posts/', cursor ? { max_id: cursor } : {}))
    list = new List({ rowHeight: 244, perLine: 3, draw: cell(handle), load })
    main.replaceChildren(el('h2', {}, say('saved')), list.root)
    list.start()
  }

  const showHome = () => {
    const posts = document_ => { const found = pageOf(document_); return { ...found, items: found.items.filter(one => one.user && one.code) } }
    const preloaded = held.get('feed')
    list = new List({ rowHeight: 520, draw: article, load: async cursor => posts(await graphql('feed', { after: cursor || null, first: 12, data: {} })), first: preloaded ? posts(preloaded) : undefined })
    main.replaceChildren(list.root)
    list.start()
  }

  const show = async first => {
    if (list) list.close()
    list = undefined
    document.querySelector('.shade.people')?.remove()
    window.scrollTo(0, 0)
    const [handle, part, more] = location.pathname.split('/').filter(Boolean)
    try {
      if (!handle) showHome()
      else if (part === 'saved') showSaved(handle)
      else if (handle === 'p' || handle === 'reel' || part === 'p' || part === 'reel') { const post = held.get('post'); main.replaceChildren(post ? article(find(post, value => value.media_type && value.user)) : say('nobody'), more || '') }
      else await showProfile(handle, ['reels', 'reposts'].includes(part) ? part : 'posts', first)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      main.replaceChildren(el('div', { class: 'more' }, el('button', { onclick: () => void show(false) }, say('retry'))))
    }
  }

  // Links within the app change the address without a new document; a post's page is loaded anew.
  document.addEventListener('click', event => {
    const anchor = event.target instanceof Element && event.target.closest('a[href^="/"]')
    if (!anchor || event.defaultPrevented || event.metaKey || event.ctrlKey || /\/(p|reel)\//.test(anchor.pathname) || anchor.pathname.startsWith('/accounts/')) return
    event.preventDefault()
    if (anchor.pathname !== location.pathname) { history.pushState({}, '', anchor.href); void show(false) }
  })
  window.addEventListener('popstate', () => void show(false))

  // A card over a name: asked for when the pointer rests on it.
  let hover
  document.addEventListener('mouseover', event => {
    const anchor = event.target instanceof Element && event.target.closest('article a, .row a')
    clearTimeout(hover)
    if (!anchor || !visible()) return
    hover = setTimeout(async () => {
      const person = profileOf(await graphql('hover', { username: anchor.pathname.split('/')[1] }).catch(() => undefined))
      if (!person) return
      const at = anchor.getBoundingClientRect()
      const card = el('div', { class: 'hover', style: `left:${at.left}px;top:${at.bottom + 6}px` }, el('b', {}, person.username), el('p', {}, person.biography))
      document.body.append(card)
      setTimeout(() => card.remove(), 3000)
    }, 400)
  })

  // What the app asks by itself, about people that nobody asked for.
  const ambient = async () => {
    if (!config.viewer) return
    const { pk, handle } = config.ambient
    const calm = ask => whenVisible().then(ask).catch(() => undefined)
    await wait(1200)
    await calm(() => graphql('hover', { userID: pk, username: handle }))
    await calm(() => rest('/feed/reels_tray/'))
    await calm(() => graphql('explore', { first: 24 }))
    await wait(400)
    await calm(() => askProfile(handle, pk))
    await calm(() => peoplePage(pk, 'following')())
    await calm(() => peoplePage(pk, 'followers')())
    await calm(() => graphql('posts', { data: { count: 12 }, first: 12, username: handle }))
    await calm(() => graphql('postsNext', { data: { count: 12 }, first: 12, username: handle, after: 'UVZGRHh8MTI' }))
    await wait(400)
    await calm(() => graphql('feed', { after: null, first: 12, data: {} }))
    await calm(() => graphql('suggestions', { module: 'profile', target_id: config.viewer.pk }))
    await calm(() => rest('/discover/chaining/', { target_id: config.viewer.pk }))
    await calm(() => rest('/media/3900000000000000001/comments/'))
    // Somebody looks for a name in the list of their own follows.
    await calm(() => rest(`/friendships/${config.viewer.pk}/following/`, { query: 'zzz', count: '12' }))
  }

  const start = async () => {
    await whenVisible()
    app.append(el('nav', {}, link('/', say('home')), link(config.viewer ? `/${config.viewer.handle}/` : '/accounts/login/', say('profile'))), main)
    if (has('prompt')) {
      const shade = el('div', { class: 'shade' })
      shade.append(el('div', { 'aria-modal': 'true', role: 'dialog' }, el('div', { role: 'heading' }, say('notify')), el('button', { type: 'button', onclick: () => shade.remove() }, say('later'))))
      document.body.append(shade)
    }
    await show(true)
    void ambient()
  }
  void start()
})()
