/* The simulated site's client app: what a person's browser runs there. Served as it is; knows nothing of the tests. */
(() => {
  'use strict'
  const config = JSON.parse(document.getElementById('app').dataset.config)
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

  // ---- asking -------------------------------------------------------------------------------------------------

  /** Which way each question goes: the site uses both, and several ways of writing a fetch. */
  const ways = { threads: 'xhr', threadsNext: 'xhr', replies: 'request', repliesNext: 'request', reposts: 'fetch', repostsNext: 'xhr', following: 'fetch', followingNext: 'xhr', followers: 'xhr', feedNext: 'xhr', hover: 'xhr', search: 'xhr', profile: 'fetch' }
  const rootField = { following: 'xdt_api__v1__text_feed__user_id__profile__connection', profile: 'xdt_text_app_user' }

  const send = (key, variables, bareVariables) => {
    const [name, doc] = config.operations[key]
    const form = new URLSearchParams({ av: '17841400000000000', __user: '0', __a: '1', __req: 'k', dpr: '1', __ccg: 'EXCELLENT', __comet_req: '29', lsd: config.tokens.lsd, jazoest: config.tokens.jazoest, fb_api_caller_class: 'RelayModern', fb_api_req_friendly_name: name, server_timestamps: 'true', doc_id: doc })
    if (!bareVariables) form.set('variables', JSON.stringify({ ...variables, __relay_internal__pv__BarcelonaIsLoggedInrelayprovider: true, __relay_internal__pv__BarcelonaShouldShowFediverseListsrelayprovider: true }))
    if (config.viewer) form.set('fb_dtsg', config.tokens.fb_dtsg)
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-fb-friendly-name': name, 'x-fb-lsd': config.tokens.lsd, 'x-ig-app-id': '238260118697367', 'x-asbd-id': '359341', 'x-csrftoken': 'csrfSecretOfTheSession', 'x-root-field-name': rootField[key] || 'viewer' }
    const address = name.endsWith('Mutation') ? '/api/graphql' : '/graphql/query'
    const way = has('xhr-json') ? 'xhr' : ways[key] || 'fetch'
    if (way === 'xhr') {
      return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest()
        request.open('POST', address)
        if (has('xhr-json')) request.responseType = 'json'
        for (const [header, value] of Object.entries(headers)) request.setRequestHeader(header, value)
        request.onload = () => resolve({ status: request.status, text: has('xhr-json') ? JSON.stringify(request.response) : request.responseText })
        request.onerror = () => reject(new Error('network'))
        request.send(form.toString())
      })
    }
    const asked = way === 'request' ? fetch(new Request(address, { method: 'POST', headers, body: form.toString() })) : fetch(address, { method: 'POST', headers, body: form, credentials: 'same-origin' })
    return asked.then(async answer => ({ status: answer.status, text: await answer.text() }))
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

  class Refused extends Error {}

  /** @returns the document; throws where it can't be had now (429, garbage) */
  const ask = async (key, variables, bareVariables) => {
    const { status, text } = await send(key, variables, bareVariables)
    let document_
    try { document_ = together(text) } catch { throw new Refused(status === 429 ? 'rate' : 'garbage') }
    if (document_ && document_.message === 'checkpoint_required') { location.assign(document_.checkpoint_url); throw new Refused('checkpoint') }
    if (document_ && (document_.require_login || document_.message === 'login_required')) { location.assign('/login'); throw new Refused('login') }
    if (!document_) throw new Refused('garbage')
    if (status === 429 || !document_.data) throw new Refused('rate')
    return document_
  }

  const find = (value, test, depth = 0) => {
    if (typeof value !== 'object' || value === null || depth > 12) return undefined
    if (!Array.isArray(value) && test(value)) return value
    for (const inner of Object.values(value)) { const found = find(inner, test, depth + 1); if (found) return found }
    return undefined
  }
  const connectionOf = data => find(data, value => value.page_info && (Array.isArray(value.edges) || Array.isArray(value.threads)))
  const threadsOf = connection => (connection.edges || connection.threads).map(edge => {
    const thread = find(edge, value => Array.isArray(value.thread_items))
    return thread && { header: thread.thread_header_context, posts: thread.thread_items.map(item => item.post) }
  }).filter(Boolean)
  const profileOf = data => find(data, value => value.username && (value.biography !== undefined) && value.hd_profile_pic_versions)

  // ---- state in the page --------------------------------------------------------------------------------------

  const held = new Map()
  const keyOf = name => Object.keys(config.operations).find(key => config.operations[key][0] === name)
  const take = text => {
    const search = value => {
      if (!Array.isArray(value)) { if (typeof value === 'object' && value !== null) Object.values(value).forEach(search); return }
      const name = typeof value[0] === 'string' && /^adp_(.+)RelayPreloader_/.exec(value[0])
      if (name && value[1] && value[1].__bbox) held.set(keyOf(name[1]), value[1].__bbox.result)
      else value.forEach(search)
    }
    search(JSON.parse(text))
  }
  const readEmbedded = () => {
    for (const script of document.querySelectorAll('script[data-sjs]')) if (script.textContent.includes('RelayPrefetchedStreamCache')) take(script.textContent)
  }
  const insertLate = async () => {
    if (!config.late.length) return
    await wait(300)
    for (const text of config.late) {
      const script = el('script', { type: 'application/json', 'data-sjs': '' })
      script.textContent = text
      document.body.append(script)
      take(text)
    }
  }

  // ---- pieces -------------------------------------------------------------------------------------------------

  const link = (href, ...children) => el('a', { href, role: 'link', tabindex: '0' }, ...children)
  const face = person => el('img', { class: 'face', src: person.profile_pic_url, alt: say('picture', { name: person.username }), loading: 'lazy', width: 36, height: 36 })

  const textOf = post => {
    const box = el('div', { class: 'text', dir: 'auto' })
    const fragments = post.text_post_app_info && post.text_post_app_info.text_fragments
    if (!fragments) { box.append(post.caption ? post.caption.text : ''); return box }
    for (const part of fragments.fragments) {
      if (part.mention_fragment) box.append(link(`/@${part.mention_fragment.mentioned_user.username}`, part.plaintext))
      else if (part.link_fragment) box.append(el('a', { href: part.link_fragment.uri, target: '_blank', rel: 'noreferrer' }, part.plaintext))
      else box.append(part.plaintext)
    }
    return box
  }

  const mediaOf = post => {
    const parts = post.carousel_media || ((post.image_versions2.candidates.length || post.video_versions) && !(post.text_post_app_info.share_info || {}).reposted_post ? [post] : [])
    if (!parts.length) return undefined
    return el('div', { class: 'media' }, ...parts.map(part => {
      const still = part.image_versions2.candidates[0]
      const wide = Math.round(220 * part.original_width / part.original_height)
      if (part.video_versions) return el('video', { src: part.video_versions[0].url, poster: still && still.url, preload: 'none', width: wide, height: 220, playsinline: '' })
      return el('picture', {}, el('img', { src: still.url, alt: part.accessibility_caption || '', width: wide, height: 220, loading: 'lazy' }))
    }))
  }

  const ago = seconds => new Intl.DateTimeFormat(config.language, { dateStyle: 'medium' }).format(new Date(seconds * 1000))

  const postOf = (post, line, note) => {
    const info = post.text_post_app_info || {}
    const share = info.share_info || {}
    if (share.reposted_post) return postOf(share.reposted_post, line, say('reposted', { name: post.user.username }))
    const quote = share.quoted_post || share.quoted_attachment_post
    const made = el('div', { class: line ? 'post line' : 'post', 'data-pressable-container': 'true' })
    if (note || info.pinned_post_info) made.append(el('div', { class: 'note' }, note || say('pinned')))
    made.append(
      face(post.user),
      el('div', {},
        el('div', { class: 'by' }, link(`/@${post.user.username}`, el('span', { dir: 'auto' }, post.user.username)), info.tag_header ? el('span', { class: 'soft' }, '› ' + info.tag_header.display_name) : undefined,
          link(`/@${post.user.username}/post/${post.code}`, el('time', { datetime: new Date(post.taken_at * 1000).toISOString() }, ago(post.taken_at))), post.caption_is_edited ? el('span', { class: 'soft' }, say('edited')) : undefined),
        textOf(post), mediaOf(post),
        post.giphy_media_info ? el('div', { class: 'media' }, el('img', { src: post.giphy_media_info.images.fixed_height.url, alt: '', height: 200, width: 356 })) : undefined,
        post.audio ? el('span', { class: 'pill' }, '▶ 0:12') : undefined,
        info.link_preview_attachment ? el('a', { class: 'pill', href: info.link_preview_attachment.url, target: '_blank', rel: 'noreferrer' }, info.link_preview_attachment.display_url, el('br'), info.link_preview_attachment.title) : undefined,
        quote ? postOf(quote) : share.quoted_attachment_post_unavailable ? el('div', { class: 'pill' }, say('unavailable')) : undefined,
        el('div', { class: 'acts' }, `♡ ${compact(post.like_count)}`, el('span', {}, `↩ ${compact(info.direct_reply_count)}`), el('span', {}, `⇄ ${compact(info.repost_count)}`))),
    )
    return made
  }

  const itemOf = item => el('div', {}, ...item.posts.map((post, i) => postOf(post, i < item.posts.length - 1, item.header && item.header.context_type === 'REPOST' ? say('reposted', { name: view.handle }) : undefined)))

  // ---- lists: draw only what is near, load only near the end and in a visible tab --------------------------------

  /**
   * @param load (cursor) → {items, cursor, more}; may throw Refused
   * @param draw (item) → element
   * @param fixed height of a row in pixels, where all are alike
   */
  class List {
    constructor({ scroller, load, draw, fixed, first, trigger }) {
      Object.assign(this, { scroller, load, draw, fixed, trigger, items: [], heights: [], shown: new Map(), cursor: undefined, more: true, busy: false, tries: 0, retryAt: 0, refused: false, over: false })
      this.box = el('div')
      this.foot = el('div', { class: 'more' })
      this.root = el('div', {}, this.box, this.foot)
      const soon = () => { if (!this.queued) { this.queued = true; (this.scroller ? f => setTimeout(f, 16) : requestAnimationFrame)(() => { this.queued = false; this.render(); if (this.trigger === 'scroll' || this.refused) this.maybe() }) } }
      this.target = scroller || window
      this.target.addEventListener('scroll', soon, { passive: true })
      this.onShow = () => { if (visible()) { this.render(); this.maybe() } }
      document.addEventListener('visibilitychange', this.onShow)
      window.addEventListener('resize', soon)
      if (trigger === 'observer') {
        this.observer = new IntersectionObserver(entries => { if (entries.some(entry => entry.isIntersecting)) this.maybe() }, { root: scroller || null, rootMargin: '0px 0px 700px 0px' })
        this.observer.observe(this.foot)
      }
      if (first) this.add(first)
    }
    close() {
      this.over = true
      document.removeEventListener('visibilitychange', this.onShow)
      if (this.observer) this.observer.disconnect()
    }
    start() { this.render(); this.maybe() }
    add({ items, cursor, more }) {
      for (const item of items) { this.items.push(item); this.heights.push(this.fixed || 170 * (item.posts ? item.posts.length : 1)) }
      this.cursor = cursor
      this.more = more
    }
    edges() {
      if (this.scroller) return { top: this.scroller.scrollTop - this.box.offsetTop + this.scroller.offsetTop, height: this.scroller.clientHeight, left: this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight }
      const page = document.documentElement
      return { top: -this.box.getBoundingClientRect().top, height: innerHeight, left: page.scrollHeight - scrollY - innerHeight }
    }
    near() {
      // Told by the same line as the observer's, which speaks only once when the foot crosses it.
      if (this.observer) return this.foot.getBoundingClientRect().top <= (this.scroller ? this.scroller.getBoundingClientRect().bottom : innerHeight) + 700
      return this.edges().left < 700
    }
    render() {
      if (this.over || !visible()) return
      const { top, height } = this.edges()
      const margin = this.fixed ? 300 : 1200
      let from = 0
      let before = 0
      while (from < this.items.length && before + this.heights[from] < top - margin) before += this.heights[from++]
      let to = from
      let upTo = before
      while (to < this.items.length && upTo < top + height + margin) upTo += this.heights[to++]
      for (const [index, node] of this.shown) if (index < from || index >= to) { node.remove(); this.shown.delete(index) }
      let place = null
      for (let index = to - 1; index >= from; index--) {
        let node = this.shown.get(index)
        if (!node) { node = this.draw(this.items[index]); this.shown.set(index, node); this.box.insertBefore(node, place) }
        place = node
      }
      if (!this.fixed) for (const [index, node] of this.shown) this.heights[index] = node.offsetHeight || this.heights[index]
      const sum = (a, b) => { let total = 0; for (let i = a; i < b; i++) total += this.heights[i]; return total }
      this.box.style.paddingTop = `${sum(0, from)}px`
      this.box.style.paddingBottom = `${sum(to, this.items.length)}px`
      this.foot.replaceChildren(this.refused ? el('button', { onclick: () => { this.retryAt = 0; this.maybe() } }, say('retry')) : this.more ? say('loading') : this.items.length ? '' : this.empty || say('end'))
    }
    async maybe() {
      if (this.over || this.busy || !this.more || !visible() || Date.now() < this.retryAt || !this.near()) return
      this.busy = true
      let again = false
      try {
        const page = await this.load(this.cursor)
        this.tries = 0
        this.refused = false
        this.add(page)
      } catch (error) {
        // After a limit the app stops until the person scrolls on; after an answer that it can't read it tries again by itself, a few times.
        const garbage = error instanceof Refused && error.message === 'garbage'
        again = garbage && ++this.tries < 4
        this.refused = !again
        this.retryAt = Date.now() + (again ? 600 : 1000)
      }
      this.busy = false
      this.render()
      if (again) setTimeout(() => this.maybe(), 700)
      else if (!this.refused && (this.trigger === 'observer' || this.edges().left <= 0 || this.items.length === 0)) setTimeout(() => this.maybe(), 60)
    }
  }

  // ---- screens ------------------------------------------------------------------------------------------------

  const app = document.getElementById('app')
  let view = { handle: undefined }
  let list
  const main = el('main')
  const side = el('div', { class: 'side' })
  const rail = el('nav', { class: 'rail' })
  const icon = path => { const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg'); svg.setAttribute('viewBox', '0 0 24 24'); const line = document.createElementNS('http://www.w3.org/2000/svg', 'path'); line.setAttribute('d', path); svg.append(line); return svg }
  rail.append(el('span', { class: 'mark' }, icon('M16 12a4 4 0 1 0-8 0 4 4 0 0 0 8 0v1.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-4 7.5')))
  for (const [label, href, path] of [['home', '/', 'M4 11l8-7 8 7v9h-5v-6h-6v6H4z'], ['search', '/search', 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5'], ['profile', config.viewer ? `/@${config.viewer.handle}` : '/login', 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 21c0-5 4-7 8-7s8 2 8 7']]) {
    const made = link(href, icon(path))
    made.setAttribute('aria-label', say(label))
    rail.append(made)
  }

  const composer = () => {
    if (!config.viewer) return undefined
    if (!has('unsent')) return el('div', { class: 'composer', contenteditable: 'true', role: 'textbox', 'aria-label': say('compose'), 'data-placeholder': say('compose') })
    const area = el('textarea', { class: 'composer', 'aria-label': say('compose') })
    area.value = 'A thought that was not sent yet'
    return area
  }

  const tabPage = (key, pk) => async cursor => {
    const connection = connectionOf((await ask(cursor ? `${key}Next` : key, { userID: pk, first: 12, ...(cursor ? { after: cursor, before: null, last: null } : {}) })).data)
    return { items: threadsOf(connection), cursor: connection.page_info.end_cursor, more: connection.page_info.has_next_page }
  }
  const embedded = key => {
    const document_ = held.get(key)
    held.delete(key)
    if (!document_ || !document_.data) return undefined
    const connection = connectionOf(document_.data)
    return connection && { items: threadsOf(connection), cursor: connection.page_info.end_cursor, more: connection.page_info.has_next_page }
  }

  const followerCounter = (profile, pk) => {
    const text = say('followers', { n: compact(profile.follower_count) })
    const [before, after] = say('followers', { n: '\u0000' }).split('\u0000')
    const open = event => { event.preventDefault(); event.stopPropagation(); openFollows(pk, profile) }
    if (has('no-dialog-link')) return [el('span', {}, text), el('x-list-handle', { id: 'open-follows-by-hand', onclick: open }, '···')]
    const number = el('span', { title: String(profile.follower_count) }, compact(profile.follower_count))
    if (has('dialog-counter')) return [el('div', { role: 'button', tabindex: '0', onclick: open }, before, number, after)]
    return [el('a', { href: `/@${profile.username}/followers`, role: 'link', tabindex: '0', onclick: open }, before, number, after)]
  }

  const rowOf = person => el('div', { class: 'row' },
    link(`/@${person.username}`, face(person)),
    el('div', {}, link(`/@${person.username}`, el('b', { dir: 'auto' }, person.username)), person.full_name ? el('span', { dir: 'auto', class: 'soft' }, person.full_name) : undefined),
    el('div', { role: 'button', tabindex: '0', onclick: event => { event.stopPropagation(); void ask('unfollow', { target_user_id: person.id, userID: person.id }).catch(() => undefined) } }, person.friendship_status && person.friendship_status.following ? say('following') : say('follow')))

  const openFollows = (pk, profile) => {
    if (document.querySelector('[role=dialog]')) return
    let rows
    const scroller = el('div', { class: 'rows' })
    const tabs = ['followers', 'following'].map(kind => el('div', { role: 'tab', tabindex: '0', 'aria-selected': 'false', onclick: () => show(kind) }, el('span', {}, say(`${kind}Tab`)), ' ', el('span', { class: 'soft' })))
    const shade = el('div', { class: 'shade' })
    const close = () => { if (rows) rows.close(); shade.remove(); document.removeEventListener('keydown', onKey) }
    const onKey = event => { if (event.key === 'Escape') close() }
    document.addEventListener('keydown', onKey)
    shade.addEventListener('click', event => { if (event.target === shade) close() })
    shade.append(el('div', { role: 'dialog', 'aria-modal': 'true' }, el('div', { class: 'tabs', role: 'tablist' }, ...tabs), scroller))
    const counted = data => { if (data.counts) [data.counts.followers, data.counts.following].forEach((number, i) => { tabs[i].lastChild.textContent = compact(number); tabs[i].lastChild.title = String(number) }) }
    const show = kind => {
      tabs.forEach((tab, i) => tab.setAttribute('aria-selected', String(['followers', 'following'][i] === kind)))
      if (rows) rows.close()
      scroller.replaceChildren()
      scroller.scrollTop = 0
      rows = new List({
        scroller, fixed: 66, draw: rowOf, trigger: has('io-dialog') ? 'observer' : 'scroll',
        load: async cursor => {
          const document_ = await ask(cursor ? `${kind}Next` : kind, cursor ? { id: pk, first: 10, after: cursor } : { userID: pk, first: 20 })
          counted(document_.data)
          const connection = connectionOf(document_.data)
          if (!connection.edges.length && !cursor) rows.empty = say('hidden')
          return { items: connection.edges.map(edge => edge.node), cursor: connection.page_info.end_cursor, more: connection.page_info.has_next_page }
        },
      })
      scroller.append(rows.root)
      rows.start()
    }
    document.body.append(shade)
    show('followers')
    void profile
  }

  const header = profile => {
    const meta = el('div', { class: 'meta' })
    const bio = el('div', { class: 'bio', dir: 'auto' }, profile.biography)
    // The counter comes a little after the rest.
    setTimeout(() => meta.append(...followerCounter(profile, profile.pk === undefined ? view.pk : String(view.pk))), has('slow') ? 1300 : 350)
    return el('div', { class: 'head' },
      el('div', {}, el('h1', { dir: 'auto' }, profile.full_name || profile.username), el('span', { dir: 'auto' }, profile.username)),
      el('img', { src: profile.profile_pic_url, alt: say('picture', { name: profile.username }) }), bio, meta,
      ...profile.bio_links.map(one => el('a', { href: one.url, rel: 'me noreferrer', target: '_blank', class: 'soft' }, one.title || one.url)))
  }

  const showProfile = async (tab, first) => {
    const [, handle] = /^\/@([^/]+)/.exec(decodeURIComponent(location.pathname))
    if (view.handle !== handle || !view.profile) {
      const document_ = held.get('profile') || await ask('profile', { username: handle })
      held.delete('profile')
      const profile = profileOf(document_.data)
      if (!profile) { main.append(say('nobody')); return }
      // Numbers may be written bare and past what a number holds; the page's own route has them as text.
      view = { handle, profile, pk: first && config.route.pk ? config.route.pk : String(profile.id || profile.pk) }
    }
    const { profile, pk } = view
    const tabs = el('div', { class: 'tabs' }, ...['threads', 'replies', 'media', 'reposts'].map(kind => {
      const made = link(`/@${handle}${kind === 'threads' ? '' : `/${kind}`}`, say(kind))
      made.setAttribute('aria-selected', String(kind === tab))
      return made
    }))
    list = new List({ load: tabPage(tab, pk), draw: itemOf, trigger: 'observer', first: first ? embedded(tab) : undefined })
    const own = config.viewer && config.viewer.handle === handle
    main.replaceChildren(el('div', { class: 'bar' }, say('profile')), el('div', { class: 'card' }, header(profile), tabs, own ? composer() : undefined, list.root))
    list.start()
  }

  const showFeed = first => {
    view = { handle: undefined }
    const load = async cursor => {
      const connection = connectionOf((await ask(cursor ? 'feedNext' : 'feed', { variant: 'for_you', first: 10, ...(cursor ? { after: cursor } : {}) })).data)
      return { items: threadsOf(connection), cursor: connection.page_info.end_cursor, more: connection.page_info.has_next_page }
    }
    list = new List({ load, draw: itemOf, trigger: 'observer', first: first ? embedded('feed') : undefined })
    main.replaceChildren(el('div', { class: 'bar' }, say('home')), el('div', { class: 'card' }, composer(), list.root))
    list.start()
  }

  const showSearch = async () => {
    const box = el('div', { class: 'card' }, el('input', { class: 'composer', type: 'search', placeholder: say('search') }))
    main.replaceChildren(el('div', { class: 'bar' }, say('search')), box)
    const document_ = await ask('search', { query: 'a', should_fetch_fediverse_profiles: true })
    for (const edge of document_.data.xdt_api__v1__users__search_connection.edges) box.append(rowOf(edge.node))
  }

  const showPost = () => {
    const document_ = held.get('post')
    if (!document_) { main.replaceChildren(say('nobody')); return }
    const media = document_.data.media
    const info = media.text_post_app_info
    const box = el('div', { class: 'card' })
    for (const edge of info.containing_thread.posts.edges) box.append(postOf(edge.node))
    for (const edge of info.direct_replies.edges) for (const inner of edge.node.posts.edges) box.append(postOf(inner.node))
    main.replaceChildren(el('div', { class: 'bar' }, 'Thread'), box)
  }

  const show = async first => {
    if (list) list.close()
    list = undefined
    window.scrollTo(0, 0)
    const path = location.pathname
    const tab = /^\/@[^/]+(?:\/(replies|reposts|media|followers|following))?\/?$/.exec(path)
    try {
      if (path === '/search') await showSearch()
      else if (tab) await showProfile(['replies', 'reposts', 'media'].includes(tab[1]) ? tab[1] : 'threads', first)
      else if (/\/post\//.test(path)) showPost()
      else showFeed(first)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      main.replaceChildren(el('div', { class: 'card' }, el('div', { class: 'more' }, el('button', { onclick: () => void show(false) }, say('retry')))))
    }
  }

  // Links within the app change the address without a new document; a post's page is loaded anew.
  document.addEventListener('click', event => {
    const anchor = event.target instanceof Element && event.target.closest('a[href^="/"]')
    if (!anchor || event.defaultPrevented || event.metaKey || event.ctrlKey || /\/post\//.test(anchor.pathname) || anchor.pathname === '/login') return
    event.preventDefault()
    document.querySelector('.shade')?.remove()
    if (anchor.pathname !== location.pathname) { history.pushState({}, '', anchor.href); void show(false) }
  })
  window.addEventListener('popstate', () => void show(false))

  // A card over a name: asked for when the pointer rests on it.
  let hover
  document.addEventListener('mouseover', event => {
    const anchor = event.target instanceof Element && event.target.closest('.by a[href^="/@"]')
    clearTimeout(hover)
    if (!anchor || !visible()) return
    hover = setTimeout(async () => {
      const handle = decodeURIComponent(anchor.pathname.slice(2).split('/')[0])
      const person = profileOf((await ask('hover', { username: handle })).data)
      if (!person) return
      document.querySelector('.hover')?.remove()
      const at = anchor.getBoundingClientRect()
      const card = el('div', { class: 'hover', style: `left:${at.left}px;top:${at.bottom + 6}px` }, el('b', {}, person.full_name), el('div', { class: 'soft' }, person.username), el('p', {}, person.biography))
      card.addEventListener('mouseleave', () => card.remove())
      document.body.append(card)
      setTimeout(() => card.remove(), 4000)
    }, 400)
  })

  // What the app asks by itself, about people that nobody asked for.
  const ambient = async () => {
    if (!config.viewer) return
    const { pk, handle } = config.ambient
    const calm = (key, variables, bareVariables) => whenVisible().then(() => ask(key, variables, bareVariables)).catch(() => undefined)
    await wait(1500)
    await calm('hover', { username: handle })
    await wait(500)
    await calm('profile', { userID: pk })
    await calm('following', { userID: pk, first: 20 })
    await calm('followingNext', { id: pk, first: 10, after: '20' })
    await wait(500)
    await calm('threads', { userID: pk, first: 10 })
    await calm('search', { query: 'an', should_fetch_fediverse_profiles: true })
    await calm('likes', {})
    await calm('feedNext', { variant: 'following', first: 10 })
    if (has('unbound')) await calm('followingNext', { id: pk, first: 10, after: '20' }, true)
  }

  const start = async () => {
    await whenVisible()
    readEmbedded()
    app.append(rail, main, side)
    const suggested = held.get('suggestions')
    if (suggested) side.append(el('b', {}, say('suggestions')), ...(find(suggested.data, value => Array.isArray(value.users)) || { users: [] }).users.slice(0, 5).map(person => { const made = rowOf(person); made.lastChild.remove(); return made }))
    await insertLate()
    await show(true)
    void ambient()
  }
  void start()
})()
