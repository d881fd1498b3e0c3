/** Where things are in this project. */
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** The production builds, the same files that are shipped. */
export const CHROME_BUILD = `${ROOT}.output/chrome-mv3`
export const FIREFOX_BUILD = `${ROOT}.output/firefox-mv3`
export const OUT = `${ROOT}out`
