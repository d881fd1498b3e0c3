/** Blocks this extension's own requests to private and local addresses before they leave: a followed redirect is sent before `fetch` tells where it led. */
import browser from 'webextension-polyfill'
import { PRIVATE_LITERALS, PRIVATE_NAMES } from './private.ts'

/**
 * Puts the rules in place; to be waited for before the first question.
 *
 * They hold where the extension may read the blocked address, as after leave for all sites (permission `declarativeNetRequestWithHostAccess`, tried in Chromium
 * 156): without any such leave it is the policy of the manifest (`wxt.config.ts`) that stops the request, redirects too.
 */
export const guard = async (): Promise<void> => {
  const initiatorDomains = [new URL(browser.runtime.getURL('')).host]
  const conditions = [...PRIVATE_LITERALS.map(regexFilter => ({ regexFilter })), { requestDomains: PRIVATE_NAMES }]
  const addRules = conditions.map((condition, at) => ({
    id: at + 1, priority: 1, action: { type: 'block' as const }, condition: { ...condition, initiatorDomains, resourceTypes: ['xmlhttprequest' as const, 'other' as const] },
  }))
  const there = await browser.declarativeNetRequest.getDynamicRules()
  await browser.declarativeNetRequest.updateDynamicRules({ removeRuleIds: there.map(({ id }) => id), addRules })
}
