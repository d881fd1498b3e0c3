/** PeerTube: an archive of its own kind only (`server/core/lib/user-import-export`). */
import { other } from './other.ts'

export const peertube = other({ id: 'peertube', name: 'PeerTube', source: 'Chocobozzz/PeerTube server/core/lib/user-import-export', seen: '2026-11', traps: ['own-form-only'] })
