/** What the pages are made of. What people wrote goes in as text nodes only. */
import { Fragment, type ComponentChild } from 'preact'
import { pieces, t } from './page.ts'
import type { Key } from '../../lib/browser/phrases.ts'

/** A text with pieces of a page inside. */
export const Say = ({ k, ...values }: { k: Key } & Record<string, ComponentChild>) => <>{pieces<ComponentChild>(k, values).map((piece, at) => <Fragment key={at}>{piece}</Fragment>)}</>

export const Handle = ({ of }: { of: string }) => <bdi class="handle">@{of}</bdi>

/** A link that leaves the copy. */
export const Out = ({ href, children }: { href: string; children: ComponentChild }) => <a href={href} target="_blank" rel="noopener noreferrer">{children}</a>

export const Choice = ({ label, value, options, choose }: { label: string; value: string; options: [value: string, text: string][]; choose: (value: string) => void }) => (
  <label>
    {label}
    <select value={value} onChange={event => choose(event.currentTarget.value)}>{options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}</select>
  </label>
)

export const More = ({ press }: { press: () => void }) => <button type="button" class="more" onClick={press}>{t('viewer_more')}</button>

/** Scripts beside the page could not be read: most likely it was opened inside the archive. */
export const Lost = ({ file }: { file: string }) => <p class="problem" role="alert"><Say k="viewer_lost" file={<bdi class="file-name">{file}</bdi>} /></p>
