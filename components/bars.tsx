import type { Verdict } from '../lib/model/index.ts'

/** How far one thing is. Without `share` it only says that it goes on. */
export const Progress = ({ share, label }: { share?: number; label: string }) => (
  <progress max={1} value={share} aria-label={label} />
)

/** The order in which verdicts are told everywhere. */
export const verdicts: Verdict[] = ['followable', 'maybe', 'unknown', 'not']

/** A share of people for each verdict, side by side, and under them the share that is ticked. The same numbers stand beside it in words. */
export const VerdictBar = ({ counts, ticked, label }: { counts: Record<Verdict, number>; ticked: number; label: string }) => {
  const total = verdicts.reduce((sum, verdict) => sum + counts[verdict], 0)
  let from = 0
  return (
    <svg class="verdicts" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect class="verdict-none" x="0" y="0" width="100" height="8" />
      {verdicts.map(verdict => {
        const width = total === 0 ? 0 : (counts[verdict] / total) * 100
        const x = from
        from += width
        return width > 0 && <rect key={verdict} class={`verdict-${verdict}`} x={x} y="0" width={Math.max(0, width - 0.6)} height="8" />
      })}
      {ticked > 0 && <rect class="ticked" x="0" y="8.8" width={Math.max(0.6, (ticked / total) * 100)} height="1.2" />}
    </svg>
  )
}

/** A line as long as a share from 0 to 1. The number stands beside it in words. */
export const BarLine = ({ share }: { share: number }) => (
  <svg class="bar-line" width="100%" height="8" aria-hidden="true"><rect width={`${Math.min(1, Math.max(0, share)) * 100}%`} height="8" rx="3" /></svg>
)
