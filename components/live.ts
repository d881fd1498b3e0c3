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
