/** Runs beside the page, in a world of its own: hands the page's answers to the background, and carries out one command of the walk at a time. */
import { startRelay } from '../lib/capture/relay.ts'

export default {
  main() {
    startRelay()
  },
}
