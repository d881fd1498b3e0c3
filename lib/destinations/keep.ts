/** Nowhere: the files are for oneself. MARL 2.13 shows the archive; the own copy needs no program. */
import { other } from './other.ts'

export const keep = other({ id: 'keep', name: 'no server', source: 'MARL 2.13', seen: '2026-08', takes: { posts: { form: 'archive', sure: 'run' } }, traps: ['keep-own-copy'] })
