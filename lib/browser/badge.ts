/** What the button in the browser's toolbar says without being pressed: a sign on it, and its name. Needs no permission. */
import browser from 'webextension-polyfill'
import { t, word } from './texts.ts'

/** - `works` a capture runs by itself · `needs` one stands still until the person has a look · `done` one has ended, and the popup was not opened since */
export type Sign = 'works' | 'needs' | 'done'

const signs: Record<Sign, { text: string; color: string }> = { works: { text: '…', color: '#3b5bdb' }, needs: { text: '!', color: '#b35c00' }, done: { text: '✓', color: '#2b7a3d' } }

const show = async (sign: Sign | undefined): Promise<void> => {
  await Promise.all([
    browser.action.setBadgeText({ text: sign ? signs[sign].text : '' }),
    browser.action.setTitle({ title: sign ? word('badge', sign) : t('name') }),
    sign && browser.action.setBadgeBackgroundColor({ color: signs[sign].color }),
  ])
}

/** @param sign absent: there is nothing to say; that a capture has ended stays until it was seen */
export const setSign = async (sign: Sign | undefined): Promise<void> => {
  if (!sign && (await browser.action.getBadgeText({})) === signs.done.text) return
  await show(sign)
}

/** The person has seen that a capture has ended. */
export const doneSeen = async (): Promise<void> => {
  if ((await browser.action.getBadgeText({})) === signs.done.text) await show(undefined)
}
