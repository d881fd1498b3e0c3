/**
 * Runs in the page's own world, before any of its scripts, and hands copies of the page's answers to the relay.
 * It imports nothing. It never delays or alters what the page gets, and asks nothing of its own.
 *
 * The page may redefine every built-in later on. So those used here are saved first and called through the saved `apply`; objects that cross over have
 * no prototype; nothing is spread or iterated, since the iterators are the page's too.
 */
export default {
  main() {
    const { apply } = Reflect
    const scope = window
    const { stringify, parse } = JSON
    const { exec } = RegExp.prototype
    const RegExpOf = RegExp
    const UrlOf = URL
    const { push } = Array.prototype
    const { then } = Promise.prototype
    const { clearTimeout: stopTimer, setTimeout: startTimer } = scope
    const { get: weakGet, set: weakSet } = WeakMap.prototype
    const { addEventListener, removeEventListener } = EventTarget.prototype
    const { stopImmediatePropagation } = Event.prototype
    const { postMessage, start } = MessagePort.prototype
    const { clone: cloneResponse } = Response.prototype
    const { clone: cloneRequest, text: requestText } = Request.prototype
    const { get: headerOf } = Headers.prototype
    const { getReader } = ReadableStream.prototype
    const { read, cancel } = ReadableStreamDefaultReader.prototype
    const { decode } = TextDecoder.prototype
    const { toString: paramsText } = URLSearchParams.prototype
    const { getResponseHeader } = XMLHttpRequest.prototype
    const DecoderOf = TextDecoder
    const ProxyOf = Proxy
    type Getter = () => unknown
    const getter = (of: object, name: string): Getter => (Object.getOwnPropertyDescriptor(of, name) as { get: Getter }).get
    const portsOf = getter(MessageEvent.prototype, 'ports')
    const dataOf = getter(MessageEvent.prototype, 'data')
    const sourceOf = getter(MessageEvent.prototype, 'source')
    const pathOf = getter(UrlOf.prototype, 'pathname')
    const hrefOf = getter(UrlOf.prototype, 'href')
    const statusOf = getter(Response.prototype, 'status')
    const headersOf = getter(Response.prototype, 'headers')
    const bodyOf = getter(Response.prototype, 'body')
    const urlOfResponse = getter(Response.prototype, 'url')
    const urlOfRequest = getter(Request.prototype, 'url')
    const headersOfRequest = getter(Request.prototype, 'headers')
    const xhrStatus = getter(XMLHttpRequest.prototype, 'status')
    const xhrType = getter(XMLHttpRequest.prototype, 'responseType')
    const xhrText = getter(XMLHttpRequest.prototype, 'responseText')
    const xhrResponse = getter(XMLHttpRequest.prototype, 'response')
    const xhrUrl = getter(XMLHttpRequest.prototype, 'responseURL')
    const bytesOf = getter(Object.getPrototypeOf(Uint8Array.prototype), 'byteLength')
    const isRequest = (value: unknown): value is Request => {
      try {
        return typeof apply(urlOfRequest, value, []) === 'string'
      } catch {
        return false
      }
    }
    const isParams = (value: unknown): value is URLSearchParams => {
      try {
        return typeof apply(paramsText, value, []) === 'string'
      } catch {
        return false
      }
    }

    /** Larger answers are counted, not read. */
    const MAX_ANSWER = 8_000_000
    const MAX_BUFFER = 2_000_000
    const MAX_REQUEST = 100_000
    const KEPT_HEADERS = ['retry-after', 'link', 'x-rate-limit-limit', 'x-rate-limit-remaining', 'x-rate-limit-reset', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset']

    /** Until the relay says which answers are worth reading: anything that looks like an interface for programs. */
    let patterns: RegExp[] = [/graphql|\/api\//]
    let operationHeader = ''
    let port: MessagePort | undefined
    let on = false
    let waiting = true
    const buffer: string[] = []
    const bufferPaths: string[] = []
    let buffered = 0

    const wanted = (path: string): boolean => {
      if (!on && !waiting) return false
      for (let i = 0; i < patterns.length; i++) if (apply(exec, patterns[i], [path])) return true
      return false
    }
    const pathname = (url: string): string => apply(pathOf, new UrlOf(url, location.href), []) as string

    const hand = (path: string, message: object): void => {
      const text = stringify(message)
      if (on && port) apply(postMessage, port, [text])
      else if (waiting && buffered + text.length <= MAX_BUFFER) {
        buffered += text.length
        apply(push, buffer, [text])
        apply(push, bufferPaths, [path])
      }
    }

    const giveUpWaiting = startTimer(() => {
      waiting = false
      buffer.length = bufferPaths.length = buffered = 0
    }, 2000)

    const turn = (message: { on?: boolean; patterns?: string[]; operationHeader?: string }): void => {
      on = message.on === true
      waiting = false
      stopTimer(giveUpWaiting)
      if (on && message.patterns) {
        patterns = []
        for (let i = 0; i < message.patterns.length; i++) apply(push, patterns, [new RegExpOf(message.patterns[i] as string)])
        operationHeader = message.operationHeader ?? ''
        for (let i = 0; i < buffer.length; i++) if (wanted(bufferPaths[i] as string) && port) apply(postMessage, port, [buffer[i]])
      }
      buffer.length = bufferPaths.length = buffered = 0
    }

    // The relay hands over one port, in a message posted before the page's first script could listen; the first such message counts.
    const take = (event: MessageEvent): void => {
      try {
        if (apply(dataOf, event, []) !== 'holdall' || apply(sourceOf, event, []) !== scope) return
        const ports = apply(portsOf, event, []) as MessagePort[]
        if (!ports[0]) return
        apply(stopImmediatePropagation, event, [])
        apply(removeEventListener, scope, ['message', take, true])
        port = ports[0]
        apply(addEventListener, port, ['message', (told: MessageEvent) => {
          try {
            turn(parse(apply(dataOf, told, []) as string))
          } catch {}
        }])
        apply(start, port, [])
      } catch {}
    }
    apply(addEventListener, scope, ['message', take, true])

    const requestBody = (body: unknown): string | undefined => {
      if (typeof body === 'string') return body.length > MAX_REQUEST ? undefined : body
      return isParams(body) ? (apply(paramsText, body, []) as string) : undefined
    }

    /** Calls back with the answer's text, or with undefined if it is longer than the limit. */
    const readText = (response: Response, use: (text: string | undefined) => void): void => {
      const body = apply(bodyOf, response, []) as ReadableStream<Uint8Array> | null
      if (!body) return use('')
      const reader = apply(getReader, body, []) as ReadableStreamDefaultReader<Uint8Array>
      const decoder = new DecoderOf()
      let text = ''
      let size = 0
      const next = (): void => {
        apply(then, apply(read, reader, []), [
          ({ done, value }: { done: boolean; value?: Uint8Array }) => {
            if (done) return use(text + (apply(decode, decoder, []) as string))
            size += apply(bytesOf, value, []) as number
            if (size > MAX_ANSWER) {
              apply(then, apply(cancel, reader, []), [undefined, () => {}])
              return use(undefined)
            }
            text += apply(decode, decoder, [value, { __proto__: null, stream: true }]) as string
            next()
          },
          () => {},
        ])
      }
      next()
    }

    const message = (url: string, request: string | undefined, operation: unknown, status: unknown, type: unknown, headers: object, body: string | undefined): object => ({
      __proto__: null,
      url,
      request,
      operation: typeof operation === 'string' ? operation : undefined,
      status,
      type: typeof type === 'string' ? type : '',
      headers,
      // An answer without a body here was too large to hand over.
      body,
    })

    const keptHeaders = (of: (name: string) => unknown): object => {
      const kept = { __proto__: null } as Record<string, unknown> & { __proto__: null }
      for (let i = 0; i < KEPT_HEADERS.length; i++) {
        const value = of(KEPT_HEADERS[i] as string)
        if (typeof value === 'string') kept[KEPT_HEADERS[i] as string] = value
      }
      return kept
    }

    const watchFetch = (args: unknown[], answer: unknown, copy: Request | undefined): void => {
      const input = args[0]
      const init = args[1] as RequestInit | undefined
      const asRequest = isRequest(input) ? input : undefined
      const url = asRequest ? (apply(urlOfRequest, asRequest, []) as string) : `${input as string}`
      const path = pathname(url)
      if (!wanted(path)) return
      let request = requestBody(init?.body)
      const operation = asRequest && operationHeader ? apply(headerOf, apply(headersOfRequest, asRequest, []), [operationHeader]) : undefined
      const asked = copy && request === undefined ? (apply(requestText, copy, []) as Promise<string>) : undefined
      apply(then, answer, [
        (response: Response) => {
          try {
            const headers = apply(headersOf, response, []) as Headers
            const status = apply(statusOf, response, [])
            const type = apply(headerOf, headers, ['content-type'])
            const address = (apply(urlOfResponse, response, []) as string) || (apply(hrefOf, new UrlOf(url, location.href), []) as string)
            const kept = keptHeaders(name => apply(headerOf, headers, [name]))
            readText(apply(cloneResponse, response, []) as Response, body => {
              const pass = (): void => {
                try {
                  hand(path, message(address, request, operation, status, type, kept, body))
                } catch {}
              }
              // The question may still be on its way; an answer without it would belong to nobody.
              if (!asked) return pass()
              apply(then, asked, [
                (text: string) => {
                  request = requestBody(text)
                  pass()
                },
                pass,
              ])
            })
          } catch {}
        },
        () => {},
      ])
    }

    scope.fetch = new ProxyOf(scope.fetch, {
      __proto__: null,
      apply(target: typeof fetch, self: unknown, args: unknown[]) {
        let copy: Request | undefined
        try {
          // A request's body can be read only once: the copy is made before the page's own is sent.
          const input = args[0]
          if (isRequest(input) && wanted(pathname(apply(urlOfRequest, input, []) as string))) copy = apply(cloneRequest, input, []) as Request
        } catch {}
        const answer = apply(target, self, args)
        try {
          watchFetch(args, answer, copy)
        } catch {}
        return answer
      },
    } as ProxyHandler<typeof fetch>)

    interface Sent { url: string; path: string; operation?: string }
    const sent = new WeakMap<XMLHttpRequest, Sent>()
    const proto = XMLHttpRequest.prototype
    const wrap = (name: 'open' | 'send' | 'setRequestHeader', before: (self: XMLHttpRequest, args: unknown[]) => void): void => {
      const methods = proto as unknown as Record<typeof name, (...args: unknown[]) => unknown>
      methods[name] = new ProxyOf(methods[name], {
        __proto__: null,
        apply(target: (...args: unknown[]) => unknown, self: XMLHttpRequest, args: unknown[]) {
          try {
            before(self, args)
          } catch {}
          return apply(target, self, args)
        },
      } as ProxyHandler<(...args: unknown[]) => unknown>)
    }
    wrap('open', (self, args) => {
      const url = `${args[1] as string}`
      apply(weakSet, sent, [self, { __proto__: null, url, path: pathname(url) }])
    })
    wrap('setRequestHeader', (self, args) => {
      const about = apply(weakGet, sent, [self]) as Sent | undefined
      if (about && operationHeader && apply(exec, new RegExpOf(`^${operationHeader}$`, 'i'), [`${args[0] as string}`])) about.operation = `${args[1] as string}`
    })
    wrap('send', (self, args) => {
      const about = apply(weakGet, sent, [self]) as Sent | undefined
      if (!about || !wanted(about.path)) return
      const request = requestBody(args[0])
      const { path } = about
      const loaded = (): void => {
        try {
          const type = apply(xhrType, self, []) as string
          let body: string | undefined
          if (type === '' || type === 'text') body = apply(xhrText, self, []) as string
          else if (type === 'json') body = stringify(apply(xhrResponse, self, []))
          else return
          if (body.length > MAX_ANSWER) body = undefined
          const header = (name: string): unknown => apply(getResponseHeader, self, [name])
          hand(path, message((apply(xhrUrl, self, []) as string) || about.url, request, about.operation, apply(xhrStatus, self, []), header('content-type'), keptHeaders(header), body))
        } catch {}
        apply(removeEventListener, self, ['load', loaded])
      }
      apply(addEventListener, self, ['load', loaded])
    })
  },
}
