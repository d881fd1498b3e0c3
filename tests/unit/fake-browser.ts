/**
 * A stand-in for webextension-polyfill, which throws outside an extension (vitest.config.ts puts it in its place). It keeps storage in memory, lets tests
 * fire the events, and answers messages by whoever listens. Only what `lib/browser` uses is here: anything else is undefined, and a test that needs it fails.
 */
import { readFileSync } from 'node:fs'

type Listener = (...given: never[]) => unknown

/** An event of the browser's; `fire` calls whoever listens. */
const event = () => {
  const listeners = new Set<Listener>()
  return {
    addListener: (listener: Listener): void => void listeners.add(listener),
    removeListener: (listener: Listener): void => void listeners.delete(listener),
    hasListener: (listener: Listener): boolean => listeners.has(listener),
    /** @returns what the listeners answered, oldest first */
    fire: (...given: unknown[]): unknown[] => [...listeners].map(listener => listener(...(given as never[]))),
    clear: (): void => listeners.clear(),
  }
}

const area = () => {
  let items: Record<string, unknown> = {}
  const copy = <T>(value: T): T => structuredClone(value)
  return {
    async get(keys?: string | string[] | null): Promise<Record<string, unknown>> {
      if (keys === undefined || keys === null) return copy(items)
      const wanted = typeof keys === 'string' ? [keys] : keys
      return copy(Object.fromEntries(wanted.filter(key => key in items).map(key => [key, items[key]])))
    },
    async set(more: Record<string, unknown>): Promise<void> {
      items = { ...items, ...copy(more) }
    },
    async remove(keys: string | string[]): Promise<void> {
      for (const key of [keys].flat()) delete items[key]
    },
    async clear(): Promise<void> {
      items = {}
    },
  }
}

interface FakeTab { id: number; url?: string; windowId: number; active: boolean; incognito: boolean }
interface Script { id: string; matches?: string[] }
type Origins = { origins?: string[]; data_collection?: string[] }

/** What tests set and look at. */
export const world = {
  tabs: [] as FakeTab[],
  /** Origin patterns, and kinds of data, that are allowed. */
  allowed: new Set<string>(),
  /** What the person answers when asked. */
  answer: true,
  scripts: [] as Script[],
  alarms: new Map<string, { when?: number; periodInMinutes?: number }>(),
  /** Addresses of pages that were opened. */
  opened: [] as string[],
  reloaded: [] as number[],
  /** What a script that is run in a tab answers. */
  scriptResult: undefined as unknown,
  /** Rules that block requests, by number. */
  rules: new Map<number, unknown>(),
  /** What the manifest says beside the version: of a Firefox package `browser_specific_settings`. */
  manifest: {} as Record<string, unknown>,
}

let texts: Record<string, { message: string }> | undefined
const english = (): Record<string, { message: string }> =>
  (texts ??= JSON.parse(readFileSync(new URL('../../public/_locales/en/messages.json', import.meta.url), 'utf8')) as Record<string, { message: string }>)

const fake = {
  runtime: {
    id: 'holdall' as string | undefined,
    getURL: (path: string): string => `https://extension.invalid/${path.replace(/^\//, '')}`,
    onMessage: event(),
    onInstalled: event(),
    getManifest: (): Record<string, unknown> => ({ version: '0.0.1', ...world.manifest }),
    getPlatformInfo: async (): Promise<{ os: string }> => ({ os: 'linux' }),
    /** Goes to whoever listens, as if from another part of the extension. */
    async sendMessage(message: unknown): Promise<unknown> {
      return fake.runtime.onMessage.fire(message, { id: fake.runtime.id, url: fake.runtime.getURL('popup.html') }).find(answer => answer !== undefined)
    },
  },
  i18n: {
    getMessage: (key: string): string => english()[key]?.message ?? '',
    getUILanguage: (): string => 'en',
  },
  storage: { local: area(), session: area(), onChanged: event() },
  permissions: {
    onAdded: event(),
    onRemoved: event(),
    contains: async ({ origins = [], data_collection: data = [] }: Origins): Promise<boolean> => [...origins, ...data].every(one => world.allowed.has(one)),
    async request({ origins = [], data_collection: data = [] }: Origins): Promise<boolean> {
      if (world.answer) {
        for (const one of [...origins, ...data]) world.allowed.add(one)
        fake.permissions.onAdded.fire({ origins, permissions: [] })
      }
      return world.answer
    },
  },
  tabs: {
    onRemoved: event(),
    async get(id: number): Promise<FakeTab> {
      const tab = world.tabs.find(one => one.id === id)
      if (!tab) throw new Error(`No tab with id: ${id}.`)
      return tab
    },
    query: async ({ active }: { active?: boolean }): Promise<FakeTab[]> => world.tabs.filter(tab => active === undefined || tab.active === active),
    create: async ({ url }: { url: string }): Promise<void> => void world.opened.push(url),
    reload: async (id: number): Promise<void> => {
      await fake.tabs.get(id)
      world.reloaded.push(id)
    },
    async sendMessage(id: number): Promise<unknown> {
      throw new Error(`Could not establish connection to tab ${id}. Receiving end does not exist.`)
    },
  },
  windows: { create: async ({ url }: { url: string }): Promise<void> => void world.opened.push(url) },
  scripting: {
    getRegisteredContentScripts: async (): Promise<Script[]> => [...world.scripts],
    async registerContentScripts(scripts: Script[]): Promise<void> {
      for (const { id } of scripts) if (world.scripts.some(script => script.id === id)) throw new Error(`Duplicate script ID '${id}'`)
      world.scripts.push(...scripts)
    },
    async unregisterContentScripts({ ids }: { ids?: string[] } = {}): Promise<void> {
      world.scripts = ids ? world.scripts.filter(script => !ids.includes(script.id)) : []
    },
    executeScript: async (): Promise<{ result: unknown }[]> => [{ result: world.scriptResult }],
  },
  declarativeNetRequest: {
    getDynamicRules: async (): Promise<unknown[]> => [...world.rules.values()],
    async updateDynamicRules({ removeRuleIds, addRules }: { removeRuleIds: number[]; addRules: { id: number }[] }): Promise<void> {
      for (const id of removeRuleIds) world.rules.delete(id)
      for (const rule of addRules) {
        if (world.rules.has(rule.id)) throw new Error(`Rule with id ${rule.id} does not have a unique ID.`)
        world.rules.set(rule.id, rule)
      }
    },
  },
  alarms: {
    onAlarm: event(),
    create: (name: string, when: { when?: number; periodInMinutes?: number }): void => void world.alarms.set(name, when),
    clear: async (name: string): Promise<boolean> => world.alarms.delete(name),
  },
}

/** Everything as if the browser had just been started with a new profile. */
export const reset = async (): Promise<void> => {
  Object.assign(world, { tabs: [], allowed: new Set(), answer: true, scripts: [], alarms: new Map(), opened: [], reloaded: [], scriptResult: undefined, rules: new Map(), manifest: {} })
  await fake.storage.local.clear()
  await fake.storage.session.clear()
  const events = [fake.runtime.onMessage, fake.runtime.onInstalled, fake.storage.onChanged, fake.permissions.onAdded, fake.permissions.onRemoved, fake.tabs.onRemoved, fake.alarms.onAlarm]
  for (const one of events) one.clear()
}

export default fake
