/** micro.blog: closed; what it imports is known from talks about it only. */
import { other } from './other.ts'

export const microblog = other({ id: 'microblog', name: 'micro.blog', source: 'what its users write; its source is closed', seen: '2026-11', traps: ['not-known'] })
