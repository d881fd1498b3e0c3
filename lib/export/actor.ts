/** The profile as `actor.json`. */
import type { Account, Profile } from '../model/index.ts'
import { context } from './context.ts'
import { anchor, toHtml, type Voice } from './html.ts'
import { hostSafe, userSafe } from './names.ts'
import { oneLine, visibleUrl, webUrl, withoutAt } from './text.ts'
import type { KeptFile, Origin } from './types.ts'

type Who = Partial<Profile> & Pick<Account, 'handle' | 'id'>

export const handleOf = (who: Pick<Account, 'handle' | 'id'>): string => who.handle || who.id

/**
 * Under a reserved host (RFC 2606, section 2): nobody's domain is claimed, and an importer that tries to fetch fails at once.
 * Stable as long as the handle is, so that an importer which remembers ids makes no duplicates.
 */
export const defaultBase = (room: Origin, who: Pick<Account, 'handle' | 'id'>): string => `https://${hostSafe(handleOf(who))}.${hostSafe(room.id)}.export.invalid`

/** @returns the actor's id */
export const actorId = (base: string, who: Pick<Account, 'handle' | 'id'>): string => `${base.replace(/\/+$/, '')}/users/${userSafe(handleOf(who))}`

const field = (name: string, value: string): Record<string, string> => ({ type: 'PropertyValue', name, value })

const linked = (url: string, label?: string): string => anchor(url, label ?? visibleUrl(url), 'me')

/** The source's own name and address first: a server that takes only four fields keeps them. */
const fields = (who: Who, profileUrl: string | undefined, room: Origin): Record<string, string>[] => {
  const handle = withoutAt(oneLine(handleOf(who)))
  const links = (who.links ?? []).flatMap(link => {
    const url = webUrl(link.url)
    return url ? [field(withoutAt(oneLine(link.title ?? '')) || new URL(url).host, linked(url))] : []
  })
  const own = (who.fields ?? []).map(({ name, value }) => {
    const url = webUrl(value)
    return field(withoutAt(oneLine(name)), url ? linked(url) : escaped(value))
  })
  return [field(room.name, profileUrl ? linked(profileUrl, handle) : handle), ...links, ...own]
}

const picture = ({ path, type, width, height }: KeptFile): Record<string, unknown> => ({ type: 'Image', mediaType: type, url: path, width, height })

const escaped = (text: string): string => toHtml(oneLine(text), [], { host: '', profileUrl: () => '', tagUrl: () => '' }).html.replace(/^<p>|<\/p>$/g, '')

/**
 * Mastodon's layout (`app/serializers/activitypub/actor_serializer.rb`, v4.6.5 of 2026-08). `inbox` and `outbox` are there because
 * parsers want strings, and lead nowhere; there is no public key, since no server stands behind this actor.
 * @param pictures that are in the archive; their addresses stand in our own block in any case
 */
export const actor = (account: Account, profile: Profile | undefined, room: Origin, base: string, voice: Voice, { icon, image }: { icon?: KeptFile; image?: KeptFile } = {}): Record<string, unknown> => {
  const who: Who = { ...profile, id: account.id, handle: account.handle, name: profile?.name ?? account.name, avatar: profile?.avatar ?? account.avatar }
  const id = actorId(base, account)
  const profileUrl = webUrl(who.url) ?? webUrl(room.profileUrl(handleOf(who)))
  return {
    '@context': context,
    id,
    type: 'Person',
    preferredUsername: userSafe(handleOf(who)),
    name: withoutAt(oneLine(who.name ?? '')) || withoutAt(oneLine(handleOf(who))),
    summary: toHtml(who.bio ?? '', who.bioFacets ?? [], voice).html,
    url: profileUrl,
    alsoKnownAs: profileUrl && [profileUrl],
    inbox: `${id}/inbox`,
    outbox: 'outbox.json',
    likes: 'likes.json',
    bookmarks: 'bookmarks.json',
    followers: `${id}/followers`,
    following: `${id}/following`,
    manuallyApprovesFollowers: who.locked,
    // Mastodon gives the day alone.
    published: Date.parse(who.createdAt ?? '') ? `${new Date(who.createdAt!).toISOString().slice(0, 10)}T00:00:00Z` : undefined,
    attachment: fields(who, profileUrl, room),
    tag: [],
    icon: icon && picture(icon),
    image: image && picture(image),
    'holdall:original': original(who),
  }
}

/** What is not known is `undefined` here, and not there at all once it is written as JSON. */
const original = (who: Who): Record<string, unknown> => ({
  'holdall:id': who.id,
  'holdall:handle': who.handle,
  'holdall:avatar': webUrl(who.avatar),
  'holdall:header': webUrl(who.header),
  'holdall:verified': who.verified,
  'holdall:federated': who.federated,
  'holdall:follows': who.counts?.follows,
  'holdall:followers': who.counts?.followers,
  'holdall:posts': who.counts?.posts,
  'holdall:tags': who.tags?.length ? who.tags.map(oneLine) : undefined,
})
