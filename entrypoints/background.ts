/** The background: a worker in Chromium, an event page in Firefox. */
import { startBackground } from '../lib/capture/background.ts'
import { startLookUps } from '../lib/lookup/background.ts'
import { judge } from '../lib/lookup/judge.ts'
import { startMedia } from '../lib/media/background.ts'

export default {
  main() {
    startBackground(judge)
    startLookUps()
    startMedia()
  },
}
