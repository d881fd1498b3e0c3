import { useState } from 'preact/hooks'
import type { MediaRequest } from '../../lib/browser/messages.ts'
import { t } from '../../lib/browser/texts.ts'
import type { AccountKey } from '../../lib/model/index.ts'
import type { Room } from '../../lib/networks/rooms.ts'
import type { Totals } from '../../lib/store/types.ts'
import { detailOf, useLive, useNow } from '../live.ts'
import { Media } from '../Media.tsx'
import { mediaFacts } from '../media.ts'
import type { Source } from './source.ts'

/** How often the clock is looked at, in milliseconds. */
const tick = 10_000

/** Pictures and videos: kept, and why not. */
export const MediaPart = ({ source, account, room, totals }: { source: Source; account: AccountKey; room: Room; totals: Totals }) => {
  const now = useNow(tick)
  const [failed, setFailed] = useState<string>()
  const settled = totals['media:kept'] ?? 0
  const { value, error } = useLive(source.store, () => mediaFacts(source.store, account, room, totals), `${account} ${settled} ${totals['media:seen'] ?? 0} ${totals['media:refused'] ?? 0} ${totals['media:expired'] ?? 0}`)
  const tell = (kind: MediaRequest['kind'], hosts: string[] = []): void => {
    // The question must be the first call of the press.
    if (hosts.length) source.leave.forMedia(hosts).catch(() => false)
    source.media({ kind, account }).then(() => setFailed(undefined), () => setFailed(t('error_background')))
  }
  if (error !== undefined) return <p class="problem" role="alert">{t('error_store', { detail: detailOf(error) })}</p>
  if (!value) return <p class="empty">{t('workspace_loading')}</p>
  return (
    <>
      {failed !== undefined && <p class="problem" role="alert">{failed}</p>}
      <Media
        facts={{ ...value, totals }}
        room={room}
        now={now}
        whole
        actions={{ keep: hosts => tell('media-keep', hosts), pause: () => tell('media-pause'), stop: () => tell('media-stop'), again: hosts => tell('media-again', hosts) }}
      />
    </>
  )
}
