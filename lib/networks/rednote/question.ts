/** Which question an answer belongs to: its address says it, else the name that was given. */
import type { Answer, Section } from '../../model/index.ts'
import { at, word } from '../answers/fields.ts'
import { anyId } from './addresses.ts'

/** `posted`, `saved`, `liked`: lists of notes; `board`: one collection; `note`: one note; `me`: the viewer; `person`: a profile. */
export type Kind = 'posted' | 'saved' | 'liked' | 'board' | 'note' | 'me' | 'person' | 'unknown'

export interface Question {
  kind: Kind
  operation?: string
  /** Whose list or profile was asked for. */
  ownerId?: string
  /** Number of the collection that was asked for. */
  boardId?: string
  /** The cursor asked with; absent: the first page. */
  after?: string
  /** The address is one of the interface, and none that is read. */
  foreign: boolean
}

/** The ends of addresses, which serve as names too. An action (`note/like`) is none of them. */
const kinds: [Kind, RegExp][] = [
  ['posted', /(?:^|\/)user_posted$/],
  ['saved', /(?:^|\/)note\/collect\/page$/],
  ['liked', /(?:^|\/)note\/like\/page$/],
  ['board', /(?:^|\/)board\/note$/],
  ['note', /(?:^|\/)feed$/],
  ['me', /(?:^|\/)(?:user\/)?(?:me|selfinfo)$/],
  ['person', /(?:^|\/)(?:user\/)?(?:otherinfo|hover_card)$/],
]

const interfacePath = /^\/api\//

const kindOf = (address: string): Kind => kinds.find(([, pattern]) => pattern.test(address))?.[0] ?? 'unknown'

export const sections: Partial<Record<Kind, Section>> = { posted: 'posts', saved: 'bookmarks', liked: 'likes', me: 'profile', person: 'profile' }

export const questionOf = (answer: Answer): Question => {
  const url = URL.canParse(answer.url) ? new URL(answer.url) : undefined
  const asks = url !== undefined && interfacePath.test(url.pathname)
  const operation = word(answer.request?.operation)
  const byPath = asks ? kindOf(url.pathname.replace(/\/$/, '')) : 'unknown'
  const kind = byPath === 'unknown' && operation ? kindOf(operation) : byPath
  const variables = answer.request?.variables
  const named = (...names: string[]): unknown => names.map(name => url?.searchParams.get(name) ?? at(variables, name)).find(value => value !== undefined && value !== null && value !== '')
  const after = word(named('cursor', 'after'))
  const ownerId = anyId(named('user_id', 'target_user_id', 'userId', 'targetUserId', 'ownerId'))
  const boardId = kind === 'board' ? anyId(named('board_id', 'boardId')) : undefined
  const told = operation ?? (kind === 'unknown' ? undefined : url?.pathname.replace(/^\/api\/sns\/web\//, ''))
  return {
    kind,
    ...(told && { operation: told }),
    ...(ownerId && { ownerId }),
    ...(boardId && { boardId }),
    ...(after && { after }),
    foreign: asks && kind === 'unknown',
  }
}
