import { useEffect, useState } from 'preact/hooks'
import type { Store } from '../lib/store/types.ts'

export interface Live<T> {
  /** Absent: not yet known. */
  value?: T
  error?: unknown
}

/**
 * The value of a query, now and whenever what it read changes. While a changed query is not answered, the old value stays.
 * @param on what the query depends on, as one string
 */
export const useLive = <T>(store: Pick<Store, 'live'>, query: () => Promise<T>, on: string): Live<T> => {
  const [live, setLive] = useState<Live<T>>({})
  useEffect(() => store.live(query, value => setLive({ value }), error => setLive(old => ({ ...old, error }))), [store, on])
  return live
}

/** What an error says, for a sentence that tells what to do about it. */
export const detailOf = (error: unknown): string => (error instanceof Error ? error.message || error.name : String(error))

/** The time, ms since 1970, looked at every so many milliseconds; undefined: not again. */
export const useNow = (every: number | undefined): number => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (every === undefined) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), every)
    return () => clearInterval(timer)
  }, [every])
  return now
}
