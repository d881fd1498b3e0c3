/** GoToSocial 0.19.2: strict lists; posts by slurp, a program for the command line, which dates them through the server's interface (`internal/processing/status/create.go`). */
import { other } from './other.ts'

export const gotosocial = other({
  id: 'gotosocial', name: 'GoToSocial', source: 'superseriousbusiness/gotosocial internal/typeutils/csv.go, internal/processing/account/import.go; VyrCossont/slurp internal/archive', seen: '2025-10',
  takes: { follows: { form: 'csv', sure: 'run' }, blocks: { form: 'csv', sure: 'run' }, mutes: { form: 'csv', sure: 'run' }, posts: { form: 'archive', sure: 'run' } },
  fields: 6, text: 5000, pictures: 6, traps: ['slurp', 'slurp-leaves-out', 'overwrite'],
})
