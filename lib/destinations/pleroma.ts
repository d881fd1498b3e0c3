/** Pleroma, 2024-10. Blocks and mutes are split at every blank: a first line would be taken for people (`user_import_controller.ex`). Akkoma has the same ancestor; its import could not be read. */
import { other } from './other.ts'

export const pleroma = other({
  id: 'pleroma', name: 'Pleroma or Akkoma', source: 'pleroma lib/pleroma/web/pleroma_api/controllers/user_import_controller.ex', seen: '2024-10',
  takes: { follows: { form: 'csv', sure: 'read' }, blocks: { form: 'plain', sure: 'read' }, mutes: { form: 'plain', sure: 'read' } },
  traps: ['posts-not-taken'],
})
