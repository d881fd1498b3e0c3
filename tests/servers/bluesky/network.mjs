/**
 * Bluesky's own server software in a process of its own: a directory of DIDs, a personal data server and, where a PostgreSQL is named, the AppView that answers
 * for the public interface. Says where they are in one line of JSON; a line on standard input waits until all of them know what was written, and is
 * answered by one. Ends with its standard input.
 *
 * `DB_POSTGRES_URL`: of the AppView. `BYPASS`: who says this is not counted by the server's limits.
 */
import { createInterface } from 'node:readline'
import { ADMIN_PASSWORD, TestNetwork, TestNetworkNoAppView } from '@atproto/dev-env'

const say = message => process.stdout.write(`${JSON.stringify(message)}\n`)

// It is asked for by name and not used: what is cached there is kept by the AppView's own data plane here.
process.env.REDIS_HOST ??= '127.0.0.1'
const network = await (process.env.DB_POSTGRES_URL ? TestNetwork : TestNetworkNoAppView).create({ dbPostgresSchema: 'holdall', pds: { rateLimitsEnabled: true, rateLimitBypassKey: process.env.BYPASS } })

say({ directory: network.plc.url, server: network.pds.url, appView: network.bsky?.url, password: ADMIN_PASSWORD })
for await (const _ of createInterface({ input: process.stdin })) {
  await network.processAll(30_000)
  say({ settled: true })
}
await network.close().catch(() => undefined)
process.exit(0)
