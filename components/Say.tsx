import { Fragment, type ComponentChild } from 'preact'
import { pieces, t, type Key } from '../lib/browser/texts.ts'

/** A text with pieces of a page inside: a name, a link. What people wrote goes in as text nodes only. */
export const Say = ({ k, ...values }: { k: Key } & Record<string, ComponentChild>) => (
  <>
    {pieces<ComponentChild>(k, values).map((piece, index) => (
      <Fragment key={index}>{piece}</Fragment>
    ))}
  </>
)

/** A handle, kept from turning the text around it. */
export const Handle = ({ of }: { of: string }) => <bdi class="handle">@{of}</bdi>

/** A link that opens a tab of its own, and says so to those who don't see the arrow. */
export const Out = ({ href, class: style, children }: { href: string; class?: string; children: ComponentChild }) => (
  <a class={style} href={href} target="_blank" rel="noopener noreferrer">
    {children}
    <svg class="out" viewBox="0 0 12 12" width="10" height="10" role="img" aria-label={t('external')}>
      <path d="M4 2H2v8h8V8M6.5 1.5h4v4M10 2 5.5 6.5" fill="none" stroke="currentColor" stroke-width="1.3" />
    </svg>
  </a>
)
