/* The simulated site's client app: what a person's browser runs there. Served as it is; knows nothing of the tests. */
(() => {
  'use strict'
  const root = document.getElementById('react-root')
  const config = JSON.parse(root.dataset.config)
  const say = (key, values = {}) => Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), config.labels[key])
  const has = mode => config.modes.includes(mode)
  const visible = () => document.visibilityState === 'visible'
  const wait = ms => new Promise(done => setTimeout(done, ms))
  const whenVisible = () => (visible() ? Promise.resolve() : new Promise(done => {
    const check = () => { if (visible()) { document.removeEventListener('visibilitychange', check); done() } }
    document.addEventListener('visibilitychange', check)
  }))
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

  class Refused extends Error {}

  /** Most questions go by XMLHttpRequest and GET; the streams, and since 2026 some lists, by POST; a few by fetch. */
  const posted = new Set(['HomeTimeline', 'SearchTimeline'])
  const fetched = new Set(['UserByScreenName', 'Bookmarks', 'ListMembers', 'MutedAccounts', 'SidebarUserRecommendations'])
  const lists = new Set(['Following', 'Followers', 'UserTweets', 'UserTweetsAndReplies', 'BlueVerifiedFollowers', 'Likes', 'Bookmarks', 'ListMembers', 'BlockedAccountsAll', 'MutedAccounts'])

  const send = (operation, variables) => {
    const id = config.operations[operation]
    const post = posted.has(operation) || (has('post') && lists.has(operation))
    const features = { rweb_video_screen_enabled: false, responsive_web_graphql_timeline_navigation_enabled: true, longform_notetweets_consumption_enabled: true }
    const base = operation === 'Viewer' ? `https://api.x.com/graphql/${id}/Viewer` : `/i/api/graphql/${id}/${operation}`
    const headers = { authorization: `Bearer ${config.secrets.bearer}`, 'content-type': 'application/json', 'x-csrf-token': config.secrets.csrf, 'x-client-transaction-id': config.secrets.transaction, 'x-twitter-active-user': 'yes', ...(config.viewer ? { 'x-twitter-auth-type': 'OAuth2Session' } : {}) }
    const address = post ? base : `${base}?variables=${encodeURIComponent(JSON.stringify(variables))}&features=${encodeURIComponent(JSON.stringify(features))}&fieldToggles=${encodeURIComponent('{"withArticlePlainText":false}')}`
    const body = post ? JSON.stringify({ variables, features, queryId: id }) : undefined
    if (has('fetch') || (fetched.has(operation) && !has('xhr-json'))) {
      const asked = post ? fetch(new Request(address, { method: 'POST', headers, body })) : fetch(address, { headers, credentials: 'include' })
      return asked.then(async answer => ({ status: answer.status, text: await answer.text() }))
    }
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest()
      request.open(post ? 'POST' : 'GET', address)
      request.withCredentials = true
      if (has('xhr-json')) request.responseType = 'json'
      for (const [header, value] of Object.entries(headers)) request.setRequestHeader(header, value)
      request.onload = () => resolve({ status: request.status, text: has('xhr-json') ? JSON.stringify(request.response) : request.responseText })
      request.onerror = () => reject(new Error('network'))
      request.send(body)
    })
  }

  const empty = value => value === null || value === undefined || (typeof value === 'object' && Object.values(value).every(empty))

  /** @returns `data`; throws where it can't be had now */
  const ask = async (operation, variables) => {
    const { status, text } = await send(operation, variables)
    let answer
    try { answer = JSON.parse(text) } catch { throw new Refused('garbage') }
    const codes = ((answer && answer.errors) || []).map(error => error.code)
    if (codes.includes(326)) { location.assign('/account/access'); throw new Refused('locked') }
    if (codes.includes(32) || status === 401) { location.assign('/i/flow/login'); throw new Refused('login') }
    if (status === 429) throw new Refused('rate')
    if (status >= 400 || !answer || !answer.data || (codes.length && empty(answer.data))) throw new Refused('garbage')
    return answer.data
  }

  const find = (value, test, depth = 0) => {
    if (typeof value !== 'object' || value === null || depth > 12) return undefined
    if (!Array.isArray(value) && test(value)) return value
    for (const inner of Object.values(value)) { const found = find(inner, test, depth + 1); if (found) return found }
    return undefined
  }

  /** A page of a timeline: what it shows in order, the next cursor, and whether the app asks on. */
  const pageOf = (data, asked) => {
    const holder = find(data, value => Array.isArray(value.instructions))
    const items = []
    let bottom
    let stop = false
    const content = holder_ => holder_.itemContent || holder_.content
    const add = entry => {
      const { entryId } = entry
      const inner = entry.content
      if (inner.cursorType) { if (inner.cursorType === 'Bottom') bottom = inner.value; return }
      if (inner.items) {
        if (!entryId.startsWith('who-to-follow')) items.push({ parts: inner.items.map(one => ({ entryId: one.entryId, ...content(one.item) })) })
      } else items.push({ parts: [{ entryId, ...content(inner) }] })
    }
    for (const instruction of holder ? holder.instructions : []) {
      if (instruction.type === 'TimelineTerminateTimeline' && instruction.direction !== 'Top') stop = true
      if (instruction.entry) add(instruction.entry)
      const entries = [...(instruction.entries || [])].sort((a, b) => (BigInt(a.sortIndex) > BigInt(b.sortIndex) ? -1 : 1))
      entries.forEach(add)
    }
    const counted = /^(-?\d+)\|/.exec(bottom || '')
    const more = bottom !== undefined && !stop && bottom !== asked && (counted ? BigInt(counted[1]) > 0n : items.length > 0)
    return { items, cursor: bottom, more }
  }

  // ---- pieces -------------------------------------------------------------------------------------------------

  const link = (href, ...children) => el('a', { href, role: 'link' }, ...children)
  const nameOf = person => (person.core || person.legacy || {}).name || ''
  const handleOf = person => (person.core || person.legacy || {}).screen_name || ''
  const face = person => el('img', { src: (person.avatar && person.avatar.image_url) || (person.legacy && person.legacy.profile_image_url_https) || '', alt: '', loading: 'lazy' })

  const rowOf = item => {
    const part = item.parts[0]
    if (part.list) return el('div', {}, link(`/i/lists/${part.list.id_str}`, part.list.name))
    const person = part.user_results && part.user_results.result
    if (!person || !person.rest_id) return el('div', { class: 'soft' }, say('nobody'))
    return el('div', { 'data-testid': 'UserCell' }, face(person), link(`/${handleOf(person)}`, el('b', { dir: 'auto' }, nameOf(person))), ' ', el('span', { class: 'soft' }, `@${handleOf(person)}`), el('button', { 'data-testid': `${person.rest_id}-unfollow`, type: 'button', 'aria-label': say('following') }, say('following')),
      el('div', { class: 'soft', dir: 'auto' }, part.promotedMetadata ? say('promoted') : ''))
  }

  const tweetIn = part => { const result = part.tweet_results && part.tweet_results.result; return result && (result.tweet || result) }
  const fieldOf = (tweet, key) => (tweet.legacy || tweet)[key]
  const postOf = part => {
    const tweet = tweetIn(part)
    if (!tweet || !tweet.core) return el('article', { 'data-testid': 'tweet' }, el('div', { class: 'soft' }, say('gone')))
    const author = tweet.core.user_results.result
    const passed = fieldOf(tweet, 'retweeted_status_result')
    if (passed) return el('article', { 'data-testid': 'tweet' }, el('div', { class: 'soft', 'data-testid': 'socialContext' }, say('reposted', { name: nameOf(author) })), postOf({ tweet_results: passed }))
    const media = (fieldOf(tweet, 'extended_entities') || { media: [] }).media
    return el('article', { 'data-testid': 'tweet' }, face(author),
      el('div', {}, link(`/${handleOf(author)}`, el('b', { dir: 'auto' }, nameOf(author))), ' ', link(`/${handleOf(author)}/status/${tweet.rest_id}`, el('time', {}, fieldOf(tweet, 'created_at').slice(4, 16))), part.promotedMetadata ? say('promoted') : '', part.socialContext ? say('pinned') : ''),
      el('div', { class: 'text', dir: 'auto', 'data-testid': 'tweetText' }, fieldOf(tweet, 'full_text')),
      media[0] ? el('img', { src: media[0].media_url_https, alt: media[0].ext_alt_text || '', loading: 'lazy' }) : undefined, el('button', { type: 'button', 'data-testid': 'like' }, `♡ ${fieldOf(tweet, 'favorite_count')}`))
  }
  const cellOf = item => (item.parts.some(part => part.tweet_results) ? el('div', {}, ...item.parts.map(postOf)) : rowOf(item))

  // ---- lists: draw only what is near, load only near the end and in a visible tab --------------------------------

  /** Cells of one height each, placed by a transform; those out of view are taken out. */
  class Timeline {
    constructor({ name, load, scroller, height }) {
      Object.assign(this, { load, scroller, height, items: [], shown: new Map(), cursor: undefined, more: true, busy: false, tries: 0, retryAt: 0, refused: false, over: false })
      this.cells = el('div', { class: 'cells' })
      this.foot = el('div', { class: 'foot' })
      this.root = el('section', { role: 'region', 'aria-label': say('timeline', { name }) }, this.cells, this.foot)
      const soon = () => { if (!this.queued) { this.queued = true; setTimeout(() => { this.queued = false; this.render(); void this.maybe() }, 16) } }
      ;(scroller || window).addEventListener('scroll', soon, { passive: true })
      window.addEventListener('resize', soon)
      document.addEventListener('visibilitychange', soon)
    }
    start() { this.render(); void this.maybe() }
    edges() {
      const box = this.scroller
      const top = -this.cells.getBoundingClientRect().top + (box ? box.getBoundingClientRect().top : 0)
      const left = box ? box.scrollHeight - box.scrollTop - box.clientHeight : document.documentElement.scrollHeight - scrollY - innerHeight
      return { top, left, height: box ? box.clientHeight : innerHeight }
    }
    render() {
      if (this.over || !visible()) return
      const { top, height } = this.edges()
      const from = Math.max(0, Math.floor((top - 600) / this.height))
      const to = Math.min(this.items.length, Math.ceil((top + height + 600) / this.height))
      for (const [index, node] of this.shown) if (index < from || index >= to) { node.remove(); this.shown.delete(index) }
      for (let index = from; index < to; index++) {
        if (this.shown.has(index)) continue
        const node = el('div', { 'data-testid': 'cellInnerDiv', style: `transform:translateY(${index * this.height}px);height:${this.height}px` }, cellOf(this.items[index]))
        this.shown.set(index, node)
        this.cells.append(node)
      }
      this.cells.style.height = `${this.items.length * this.height}px`
      this.foot.replaceChildren(this.refused ? el('div', {}, say('wrong'), el('button', { type: 'button', onclick: () => { this.retryAt = 0; void this.maybe() } }, say('retry'))) : this.more ? say('loading') : say('end'))
    }
    async maybe() {
      if (this.over || this.busy || !this.more || !visible() || Date.now() < this.retryAt || this.edges().left > 900) return
      this.busy = true
      let again = false
      try {
        const page = await this.load(this.cursor)
        if (this.over) return
        this.items.push(...page.items)
        Object.assign(this, { cursor: page.cursor, more: page.more, tries: 0, refused: false })
      } catch (error) {
        again = error instanceof Refused && error.message === 'garbage' && ++this.tries < 4
        this.refused = !again
        this.retryAt = Date.now() + (again ? 500 : 1000)
      }
      this.busy = false
      this.render()
      if (again) setTimeout(() => void this.maybe(), 600)
      else if (!this.refused) setTimeout(() => void this.maybe(), 60)
    }
    close() { this.over = true }
  }

  // ---- screens ------------------------------------------------------------------------------------------------

  const main = el('main', { 'data-testid': 'primaryColumn' })
  const side = el('aside', { 'data-testid': 'sidebarColumn' })
  let timelines = []
  const timeline = options => { const made = new Timeline({ height: 150, ...options }); timelines.push(made); return made }
  const paged = (operation, variables) => async cursor => pageOf(await ask(operation, { ...variables, count: 20, includePromotedContent: true, ...(cursor && { cursor }) }), cursor)
  const own = config.viewer

  const composer = () => {
    if (!own) return undefined
    const box = el('div', { class: 'composer', contenteditable: 'true', role: 'textbox', 'data-testid': 'tweetTextarea_0', 'aria-label': say('compose') })
    if (has('unsent')) box.textContent = 'A thought that was not sent yet'
    return box
  }

  const showHome = () => {
    const list = timeline({ name: say('home'), load: async cursor => { const page = pageOf(await ask('HomeTimeline', { count: 20, latestControlAvailable: true, requestContext: 'launch', ...(cursor && { cursor }) }), cursor); return { ...page, more: page.more && list.items.length < 40 } } })
    main.replaceChildren(el('h2', {}, say('home')), composer() || '', list.root)
    list.start()
  }

  const tabOf = (href, label, on) => { const made = link(href, label); made.setAttribute('role', 'tab'); made.setAttribute('aria-selected', String(on)); return made }

  const showProfile = async (handle, tab) => {
    const data = await ask('UserByScreenName', { screen_name: handle, withGrokTranslatedBio: false })
    const person = data.user && data.user.result
    if (!person || !person.rest_id) { main.replaceChildren(el('h2', {}, say('nobody'))); return }
    const userId = person.rest_id
    const of = { '': ['UserTweets', 'posts'], with_replies: ['UserTweetsAndReplies', 'replies'], media: ['UserMedia', 'media'], following: ['Following', 'following'], followers: ['Followers', 'followers'], likes: ['Likes', 'likes'] }[tab]
    const list = timeline({ name: say(of[1]), load: paged(of[0], { userId, withVoice: true }), height: tab === 'following' || tab === 'followers' ? 84 : 150 })
    const bio = (person.profile_bio && person.profile_bio.description) || (person.legacy && person.legacy.description) || ''
    main.replaceChildren(
      el('div', { class: 'head' }, face(person), el('h2', { 'data-testid': 'UserName', dir: 'auto' }, nameOf(person)), el('div', { class: 'soft' }, `@${handleOf(person)}`), el('div', { 'data-testid': 'UserDescription', dir: 'auto' }, bio), link(`/${handleOf(person)}/following`, say('following')), ' ', link(`/${handleOf(person)}/followers`, say('followers'))),
      el('div', { class: 'tabs', role: 'tablist' }, ...['', 'with_replies', 'media'].map((name, i) => tabOf(`/${handleOf(person)}${name && `/${name}`}`, say(['posts', 'replies', 'media'][i]), name === tab))), list.root)
    list.start()
  }

  const showHistory = likes => {
    const list = timeline({ name: say(likes ? 'likes' : 'bookmarks'), load: likes ? paged('Likes', { userId: own && own.id, withClientEventToken: false }) : paged('Bookmarks', {}) })
    const tabs = has('before-history') ? undefined : el('div', { class: 'tabs', role: 'tablist' }, tabOf('/i/history', say('bookmarks'), !likes), tabOf('/i/history/likes', say('likes'), likes))
    main.replaceChildren(el('h2', {}, say('history')), tabs || '', list.root)
    list.start()
  }

  const showLists = () => {
    const list = timeline({ name: say('lists'), height: 60, load: async cursor => {
      const page = pageOf(await ask('ListsManagementPageTimeline', { count: 100, ...(cursor && { cursor }) }), cursor)
      return { items: page.items.flatMap(item => item.parts.map(part => ({ parts: [part] }))), more: false }
    } })
    main.replaceChildren(el('h2', {}, say('lists')), list.root)
    list.start()
  }

  /** Members stand in a box over the list's posts. */
  const showList = (listId, members) => {
    const posts = timeline({ name: say('posts'), load: paged('ListLatestTweetsTimeline', { listId }) })
    main.replaceChildren(el('h2', {}, say('lists')), link(`/i/lists/${listId}/members`, say('members')), posts.root)
    if (!members || !has('members-page')) posts.start()
    if (!members) return
    if (has('members-page')) {
      const plain = timeline({ name: say('members'), height: 84, load: paged('ListMembers', { listId, withSafetyModeUserFields: true }) })
      main.replaceChildren(el('h2', {}, say('members')), plain.root)
      plain.start()
      return
    }
    const scroller = el('div', { 'data-viewportview': 'true' })
    document.documentElement.style.overflow = 'hidden'
    document.body.append(el('div', { class: 'mask', 'data-testid': 'mask' }, el('div', { class: 'box', role: 'dialog', 'aria-modal': 'true' }, el('h2', {}, say('members')), scroller)))
    const list = timeline({ name: say('members'), height: 84, scroller, load: paged('ListMembers', { listId, withSafetyModeUserFields: true }) })
    scroller.append(list.root)
    list.start()
  }

  const showAccounts = (label, operation) => {
    const list = timeline({ name: say(label), height: 84, load: paged(operation, { withSafetyModeUserFields: false }) })
    main.replaceChildren(el('h2', {}, say(label)), list.root)
    list.start()
  }

  const showPost = async id => {
    const page = pageOf(await ask('TweetDetail', { focalTweetId: id, with_rux_injections: false }))
    main.replaceChildren(el('h2', {}, say('posts')), ...page.items.map(cellOf))
  }

  const show = async () => {
    for (const one of timelines) one.close()
    timelines = []
    document.querySelector('.mask')?.remove()
    document.documentElement.style.overflow = ''
    window.scrollTo(0, 0)
    const path = location.pathname.replace(/\/$/, '') || '/home'
    // Since 2026 both stand on a page of their own; the router leads there.
    const moved = has('before-history') ? undefined : path === '/i/bookmarks' ? '/i/history' : /^\/[^/]+\/likes$/.test(path) && path !== '/i/history/likes' ? '/i/history/likes' : undefined
    if (moved) { history.replaceState({}, '', moved); return show() }
    const [, first, second, third, fourth] = path.split('/')
    if (path === '/home') return showHome()
    if (path === '/i/history' || path === '/i/bookmarks') return showHistory(false)
    if (path === '/i/history/likes') return showHistory(true)
    if (first === 'i' && second === 'lists') return showList(third, fourth === 'members')
    if (first === 'i' && second === 'user') {
      const data = await ask('UserByRestId', { userId: third })
      history.replaceState({}, '', `/${handleOf(data.user.result)}`)
      return show()
    }
    if (first === 'settings' && second === 'blocked') return showAccounts('blocked', 'BlockedAccountsAll')
    if (first === 'settings' && second === 'muted') return showAccounts('muted', 'MutedAccounts')
    if (second === 'status') return showPost(third)
    if (second === 'lists') return showLists()
    return showProfile(first, second || '')
  }

  document.addEventListener('click', event => {
    const anchor = event.target instanceof Element && event.target.closest('a[href^="/"]')
    if (!anchor || event.defaultPrevented || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    if (anchor.pathname !== location.pathname) { history.pushState({}, '', anchor.href); void show().catch(() => undefined) }
  })
  window.addEventListener('popstate', () => void show().catch(() => undefined))

  // A card over a name: asked for when the pointer rests on it.
  let hover
  document.addEventListener('mouseover', event => {
    const anchor = event.target instanceof Element && event.target.closest('article a[href^="/"]')
    clearTimeout(hover)
    if (anchor && visible()) hover = setTimeout(() => void ask('UserByScreenName', { screen_name: anchor.pathname.split('/')[1] }).catch(() => undefined), 400)
  })

  // What the app asks by itself, about people that nobody asked for.
  const ambient = async () => {
    if (!own) return
    const { id, handle } = config.ambient
    const calm = (operation, variables) => whenVisible().then(() => ask(operation, variables)).catch(() => undefined)
    const found = await calm('SidebarUserRecommendations', { profileUserId: id })
    side.append(...((found && found.sidebar_user_recommendations) || []).map(one => { const made = rowOf({ parts: [one] }); made.querySelector('button')?.remove(); return made }))
    await wait(1200)
    await calm('UserByScreenName', { screen_name: handle })
    await calm('Following', { userId: id, count: 20 })
    await calm('BlueVerifiedFollowers', { userId: own.id, count: 20 })
    await calm('FollowersYouKnow', { userId: id, count: 20 })
    await wait(400)
    await calm('UserTweets', { userId: id, count: 20 })
    await calm('SearchTimeline', { rawQuery: 'bread', product: 'Top' })
    await calm('HomeTimeline', { count: 20 })
    if (has('unbound')) await calm('Following', { count: 20 })
  }

  const start = async () => {
    await whenVisible()
    root.append(
      el('header', { role: 'banner' }, el('b', {}, '𝕏'), link('/home', say('home')), link('/i/history', say('history')), own ? el('a', { href: `/${own.handle}`, 'data-testid': 'AppTabBar_Profile_Link' }, say('profile')) : undefined),
      main, side)
    side.append(el('b', {}, say('suggestions')))
    void ask('Viewer', { withCommunitiesMemberships: true }).catch(() => undefined)
    for (let tries = 0; tries < 4; tries++) {
      try { await show(); break } catch (error) {
        if (!(error instanceof Refused) || error.message !== 'garbage') { main.append(el('p', {}, say('wrong'), el('button', { type: 'button', onclick: () => void show().catch(() => undefined) }, say('retry')))); break }
        await wait(500)
      }
    }
    void ambient()
  }
  void start()
})()
