/** The background: a worker in Chromium, an event page in Firefox. */
import { startBackground } from '../lib/capture/background.ts'

export default {
  main() {
    startBackground()
  },
}
