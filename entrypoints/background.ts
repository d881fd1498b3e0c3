/** The background: a worker in Chromium, an event page in Firefox. */
import { greetWith } from '../lib/browser/installed.ts'
import { startBackground } from '../lib/capture/background.ts'
import { startLookUps } from '../lib/lookup/background.ts'
import { judge } from '../lib/lookup/judge.ts'
import { startMedia } from '../lib/media/background.ts'

export default {
  main() {
    greetWith('workspace.html#welcome')
    startBackground(judge)
    startLookUps()
    startMedia()
  },
}
