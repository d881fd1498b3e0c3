/** Pages that are about no account: the first one, and the help. Their addresses are `#welcome`, `#help`, and `#help-…` for a place in it. */
import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Key } from '../../lib/browser/texts.ts'
import { Help } from './Help.tsx'
import { Welcome } from './Welcome.tsx'

const pages = { welcome: Welcome, help: Help }
export type GuidePage = keyof typeof pages

/** What a page is called. */
export const guideTitles: Record<GuidePage, Key> = { welcome: 'first_title', help: 'help_title' }

/** @returns the page that this address' end names, or undefined where it is a part of an account */
const guideAt = (hash: string): GuidePage | undefined => (hash === '#welcome' ? 'welcome' : /^#help(?:-|$)/.test(hash) ? 'help' : undefined)

/**
 * Which page the address names; follows the back button.
 * @param main takes the focus when a page comes or goes, so that whoever can't see that hears it
 * @returns undefined where it names none of them
 */
export const useGuide = (main: RefObject<HTMLElement | null>): GuidePage | undefined => {
  const [page, setPage] = useState(guideAt(location.hash))
  const shown = useRef(page)
  useEffect(() => {
    const changed = () => setPage(guideAt(location.hash))
    addEventListener('hashchange', changed)
    return () => removeEventListener('hashchange', changed)
  }, [])
  useEffect(() => {
    if (shown.current !== page) {
      main.current?.focus({ preventScroll: true })
      scrollTo(0, 0)
    }
    shown.current = page
    // The place may have been drawn just now, so the browser has not found it.
    if (page) document.getElementById(location.hash.slice(1))?.scrollIntoView()
  }, [page])
  return page
}

export const Guide = ({ page }: { page: GuidePage }) => {
  const Page = pages[page]
  return <Page />
}
