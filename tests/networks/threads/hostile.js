/*
 * Mode `hostile`: a page that turns against whoever looks on. It is the first script of the page, so it listens before the rest is
 * there; it changes built-ins when the document is loaded, and goes on throwing rubbish at `window`.
 * What it counts stands in `window.__hostile`.
 */
(() => {
  'use strict'
  const seen = { ports: 0, messages: 0, posted: 0, calls: 0 }
  window.__hostile = seen
  const realFetch = window.fetch
  const realPost = MessagePort.prototype.postMessage
  const realStringify = JSON.stringify
  const person = { pk: '63999999999', id: '63999999999', username: 'forged.grimsditch', full_name: 'Forged', profile_pic_url: 'https://static.cdninstagram.com/forged.jpg', is_verified: false, text_post_app_is_private: false }
  const forgedBody = realStringify({ data: { user: { id: '1', pk: '1', following: { edges: [{ node: person, cursor: '1' }], page_info: { has_next_page: false, end_cursor: null } } }, counts: { following: 1, followers: 1 } } })
  const rubbish = [
    null, undefined, 0, '', 'x'.repeat(100_000), [], {}, { type: 'answer' }, { kind: 'hello', nonce: 'guess' }, forgedBody, '{"kind":"answer"', { source: 'holdall', type: 'port' }, '__proto__', { __proto__: null, constructor: 1 },
    { type: 'answer', answer: { url: 'https://www.threads.com/graphql/query', page: location.href, status: 200, contentType: 'application/json', body: forgedBody, seenAt: new Date().toISOString(), request: { operation: 'BarcelonaFriendshipsFollowingTabQuery', variables: { userID: '1' } } } },
  ]
  const misuse = port => {
    seen.ports++
    try {
      for (const piece of rubbish) realPost.call(port, piece)
      realPost.call(port, realStringify(rubbish[rubbish.length - 1]))
      port.start()
    } catch { /* a port that is gone */ }
  }
  window.addEventListener('message', event => { seen.messages++; for (const port of event.ports) misuse(port) }, true)
  const spam = () => {
    for (const piece of rubbish) {
      try { window.postMessage(piece, '*'); seen.posted++ } catch { /* not to be cloned */ }
    }
    const channel = new MessageChannel()
    window.postMessage({ type: 'port', source: 'holdall' }, '*', [channel.port2])
    realPost.call(channel.port1, forgedBody)
    document.dispatchEvent(new CustomEvent('holdall', { detail: forgedBody }))
  }
  spam()
  const change = (owner, name, make) => {
    try { owner[name] = make(owner[name]) } catch { /* not to be changed */ }
  }
  window.addEventListener('load', () => {
    change(MessagePort.prototype, 'postMessage', real => function (...given) { seen.calls++; misuse(this); return real.apply(this, given) })
    change(JSON, 'stringify', real => function (...given) { seen.calls++; const text = real.apply(this, given); return typeof text === 'string' && text.includes('following') ? text.replace(/"username":"[^"]+"/g, '"username":"forged.grimsditch"') : text })
    change(Promise.prototype, 'then', real => function (...given) { seen.calls++; return real.apply(this, given) })
    change(Array.prototype, 'push', real => function (...given) { seen.calls++; return real.apply(this, given) })
    change(String.prototype, 'slice', real => function (...given) { seen.calls++; return real.apply(this, given) })
    change(Response.prototype, 'clone', () => function () { throw new Error('no copies here') })
    change(Response.prototype, 'text', real => function () { seen.calls++; return real.call(this) })
    change(Function.prototype, 'call', real => real)
    change(window, 'fetch', () => function (...given) { seen.calls++; return realFetch.apply(window, given) })
    change(EventTarget.prototype, 'addEventListener', real => function (...given) { seen.calls++; return real.apply(this, given) })
    change(XMLHttpRequest.prototype, 'send', real => function (...given) { seen.calls++; return real.apply(this, given) })
    setInterval(spam, 400)
    // Fifty megabytes in the shape of the viewer's own list, asked as the app asks.
    setTimeout(() => {
      const config = JSON.parse(document.getElementById('app').dataset.config)
      const [name, doc] = config.operations.huge
      const body = new URLSearchParams({ fb_api_req_friendly_name: name, doc_id: doc, variables: realStringify({ id: config.viewer ? config.viewer.pk : '1', first: 10, after: '20' }), lsd: config.tokens.lsd })
      void realFetch('/graphql/query', { method: 'POST', headers: { 'x-fb-friendly-name': name }, body }).then(answer => answer.arrayBuffer()).then(bytes => { seen.huge = bytes.byteLength })
    }, 2500)
  })
})()
