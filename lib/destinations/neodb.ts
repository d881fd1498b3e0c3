/** NeoDB (`neodb-social/neodb#1868`, 2026-09): the archive, with its pictures and without its videos. */
import { other } from './other.ts'

export const neodb = other({ id: 'neodb', name: 'NeoDB', source: 'neodb-social/neodb#1868', seen: '2026-09', takes: { posts: { form: 'archive', sure: 'read' } }, traps: ['no-videos'] })
