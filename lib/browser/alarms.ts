/** Wakes the background at a due time. An alarm can come late (sleep), so whoever is woken compares with the clock. */
import browser from 'webextension-polyfill'

/** Calls back at `at` (ms since 1970), and every minute with `every`. One alarm per name. */
export const wakeAt = (name: string, at: number): void => {
  browser.alarms.create(name, { when: at })
}

export const wakeEveryMinute = (name: string): void => {
  browser.alarms.create(name, { periodInMinutes: 1 })
}

/** Milliseconds after which both browsers would end a background that calls nothing of theirs, with room to spare: each such call counts as life. */
const LIFE = 20_000

/** Keeps the background alive, for what goes on by itself and only waits for servers. @returns stop */
export const stayAwake = (): (() => void) => {
  const timer = setInterval(() => void browser.runtime.getPlatformInfo(), LIFE)
  return () => clearInterval(timer)
}

export const letSleep = async (name: string): Promise<void> => {
  await browser.alarms.clear(name)
}

export const onWake = (woken: (name: string) => void): void => {
  browser.alarms.onAlarm.addListener(alarm => woken(alarm.name))
}
