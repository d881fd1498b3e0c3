/** Small pictures, drawn inline so that they take the text's colour. All of them only accompany words. */
import type { ComponentChild } from 'preact'

const Icon = ({ children, size = 20 }: { children: ComponentChild; size?: number }) => (
  <svg class="icon" viewBox="0 0 20 20" width={size} height={size} aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">
    {children}
  </svg>
)

/** Holdall's own sign: the bag. */
export const Bag = ({ size = 24 }: { size?: number }) => (
  <svg class="bag" viewBox="0 0 48 48" width={size} height={size} aria-hidden="true">
    <path class="bag-handle" d="M15.5 21v-5.5a8.5 8.5 0 0 1 17 0V21" fill="none" stroke-width="3.6" stroke-linecap="round" />
    <rect class="bag-body" x="4" y="18" width="40" height="24" rx="8" />
    <path class="bag-strap" d="M15.5 18v24M32.5 18v24" fill="none" stroke-width="3.6" />
    <path class="bag-zip" d="M20.5 26.5h7" fill="none" stroke-width="3" stroke-linecap="round" />
  </svg>
)

export const Tick = () => <Icon><path d="m4.5 10.5 3.5 3.5 7.5-8" /></Icon>
export const Cross = () => <Icon><path d="m5.5 5.5 9 9m0-9-9 9" /></Icon>
export const Half = () => <Icon><circle cx="10" cy="10" r="6.5" /><path d="M10 6.5v4l2.5 1.5" /></Icon>
export const Dots = () => <Icon><path d="M4.5 10h.1M10 10h.1M15.5 10h.1" stroke-width="2.4" /></Icon>
export const Bars = () => <Icon><path d="M7.5 5v10M12.5 5v10" stroke-width="2.4" /></Icon>
export const Clock = () => <Icon><circle cx="10" cy="10" r="7" /><path d="M10 6v4.2l2.8 1.8" /></Icon>
export const Eye = () => <Icon><path d="M2.5 10S5.2 5 10 5s7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5Z" /><circle cx="10" cy="10" r="2.2" /></Icon>
export const Lock = () => <Icon><rect x="4.5" y="9" width="11" height="7.5" rx="2" /><path d="M7 9V6.5a3 3 0 0 1 6 0V9" /></Icon>
export const Reload = () => <Icon><path d="M16 10a6 6 0 1 1-1.8-4.3M16 3v3.5h-3.5" /></Icon>
export const Person = () => <Icon><circle cx="10" cy="7" r="3.2" /><path d="M3.8 17c.6-3.4 3.1-5 6.2-5s5.6 1.6 6.2 5" /></Icon>
export const Page = () => <Icon><path d="M5 3h7l3.5 3.5V17H5zM7.5 9.5h5.5M7.5 13h5.5" /></Icon>
export const Screen = () => <Icon><rect x="2.5" y="4" width="15" height="9.5" rx="1.6" /><path d="M10 13.5V17M6.5 17h7" /></Icon>
export const Card = () => <Icon><rect x="2.5" y="4.5" width="15" height="11" rx="2" /><circle cx="7" cy="9" r="1.6" /><path d="M4.5 13c.5-1.2 1.4-1.7 2.5-1.7s2 .5 2.5 1.7M12 8.5h3M12 11.5h3" /></Icon>
export const Hand = () => <Icon><path d="M7 10V4.5a1.2 1.2 0 0 1 2.4 0V9m0-.5V3.7a1.2 1.2 0 0 1 2.4 0V9m0-4a1.2 1.2 0 0 1 2.4 0v6.5c0 3-1.7 5.3-4.7 5.3-2.2 0-3.3-.9-4.3-2.8L3.4 10.7c-.5-1.2 1-2 1.8-1L7 12" /></Icon>
