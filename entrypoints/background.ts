/** The background: a worker in Chromium, an event page in Firefox. */
import { startBackground } from '../lib/capture/background.ts'
import { startLookUps } from '../lib/lookup/background.ts'

export default {
  main() {
    startBackground()
    startLookUps()
  },
}
