/** Iceshrimp.NET, 2025-02: the follow list. Its sister in JavaScript has switched the import of posts off. */
import { other } from './other.ts'

export const iceshrimp = other({
  id: 'iceshrimp', name: 'Iceshrimp', source: 'Iceshrimp.NET', seen: '2025-02', takes: { follows: { form: 'csv', sure: 'read' } }, traps: ['posts-not-taken'],
})
