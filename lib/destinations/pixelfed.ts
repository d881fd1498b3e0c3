/** Pixelfed, 2026-01: nothing but the form of a photo network's download. */
import { other } from './other.ts'

export const pixelfed = other({
  id: 'pixelfed', name: 'Pixelfed', source: 'pixelfed/pixelfed app/Http/Controllers/ImportPostController.php, resources/assets/components/AccountImport.vue', seen: '2026-01',
  takes: { posts: { form: 'photographs', sure: 'run' } }, traps: ['pixelfed-pace', 'no-descriptions', 'all-public'],
})
