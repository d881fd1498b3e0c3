/** Accounts and records made over the documented interface, as anybody's app makes them (lexicons `com.atproto.*` of bluesky-social/atproto, 2026-08). */

export interface Ref { uri: string; cid: string }
export interface Blob { $type: 'blob'; ref: { $link: string }; mimeType: string; size: number }
type Fields = Record<string, unknown>

const call = async <T>(server: string, method: string, { body, token, type = 'application/json' }: { body: unknown; token?: string; type?: string }): Promise<T> => {
  const response = await fetch(`${server}/xrpc/${method}`, {
    method: 'POST', body: body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body), headers: { 'content-type': type, ...(token ? { authorization: token } : {}) },
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} is refused with ${response.status}: ${text.slice(0, 400)}`)
  return (text ? JSON.parse(text) : {}) as T
}

/** What others may point at: the answers say more. */
const refOf = ({ uri, cid }: Ref): Ref => ({ uri, cid })

/** Somebody who is signed in at the server. */
export class Person {
  private clock = Date.UTC(2024, 1, 3, 9)
  readonly did: string
  handle: string
  private readonly server: string
  private readonly token: string

  constructor(server: string, { did, handle, accessJwt }: { did: string; handle: string; accessJwt: string }) {
    this.server = server
    this.did = did
    this.handle = handle
    this.token = `Bearer ${accessJwt}`
  }

  private post<T>(method: string, body: unknown, type?: string): Promise<T> {
    return call<T>(this.server, method, { body, token: this.token, type })
  }

  /** What clients claim as the time of the next record: the server believes them. */
  moment(): string {
    this.clock += 47 * 60_000
    return new Date(this.clock).toISOString()
  }

  /** @returns where the record is */
  async write(collection: string, record: Fields, rkey?: string): Promise<Ref> {
    return refOf(await this.post<Ref>('com.atproto.repo.createRecord', { repo: this.did, collection, rkey, record: { $type: collection, ...record } }))
  }

  /** Up to 200 at once, in one commit. */
  async writeAll(collection: string, records: Fields[]): Promise<Ref[]> {
    const { results } = await this.post<{ results: Ref[] }>('com.atproto.repo.applyWrites', {
      repo: this.did, writes: records.map(record => ({ $type: 'com.atproto.repo.applyWrites#create', collection, value: { $type: collection, ...record } })),
    })
    return results.map(refOf)
  }

  /** What stands there is replaced. */
  async rewrite(collection: string, rkey: string, record: Fields): Promise<void> {
    await this.post('com.atproto.repo.putRecord', { repo: this.did, collection, rkey, record: { $type: collection, ...record } })
  }

  async remove({ uri }: { uri: string }): Promise<void> {
    const [, , , collection, rkey] = uri.split('/')
    await this.post('com.atproto.repo.deleteRecord', { repo: this.did, collection, rkey })
  }

  async upload(bytes: Uint8Array, type: string): Promise<Blob> {
    return (await this.post<{ blob: Blob }>('com.atproto.repo.uploadBlob', bytes, type)).blob
  }

  async rename(handle: string): Promise<void> {
    await this.post('com.atproto.identity.updateHandle', { handle })
    this.handle = handle
  }

  deactivate(): Promise<unknown> { return this.post('com.atproto.server.deactivateAccount', {}) }
  activate(): Promise<unknown> { return call(this.server, 'com.atproto.server.activateAccount', { body: new Uint8Array(), token: this.token }) }
}

export const signUp = async (server: string, handle: string): Promise<Person> =>
  new Person(server, await call(server, 'com.atproto.server.createAccount', { body: { handle, email: `${handle.replace('.', '@')}.example`, password: 'a kettle of their own' } }))

/** What the server's own staff may do. */
export const takeDown = (server: string, password: string, did: string): Promise<unknown> =>
  call(server, 'com.atproto.admin.updateSubjectStatus', { body: { subject: { $type: 'com.atproto.admin.defs#repoRef', did }, takedown: { applied: true, ref: 'test' } }, token: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}` })

export const deleteAccount = (server: string, password: string, did: string): Promise<unknown> =>
  call(server, 'com.atproto.admin.deleteAccount', { body: { did }, token: `Basic ${Buffer.from(`admin:${password}`).toString('base64')}` })
