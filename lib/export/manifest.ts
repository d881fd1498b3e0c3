/** What lies where in an archive, for FEP-6fcd (codeberg.org/fediverse/fep, `fep/6fcd`, draft of 2024-07). */

/** Where the form of a file is described, as the FEP's own example and `interop-alliance/wallet-export-ts` (2024) name them. */
const forms: [pattern: RegExp, url: string][] = [
  [/^manifest\.ya?ml$/, 'https://w3id.org/fep/6fcd#manifest-file'],
  [/^actor\.json$/, 'https://www.w3.org/TR/activitypub/#actor-objects'],
  [/^(?:outbox|likes|bookmarks)\.json$/, 'https://www.w3.org/TR/activitystreams-core/#collections'],
  [/\.csv$/, 'https://docs.joinmastodon.org/user/moving/#export'],
  [/\.jsonl$/, 'https://jsonlines.org/'],
]

/** Its text names `manifest.yml`, the one library that checks it `manifest.yaml`: both are written. */
export const manifestNames = ['manifest.yml', 'manifest.yaml']

interface Tree { [name: string]: { url?: string; contents?: Tree } }

/**
 * @param created ISO time @param paths of the files that are described; folders come of their slashes
 * @returns YAML: JSON is a part of it (YAML 1.2.2, section 1.3), and no name can break it. The version is a text: read as a number, 0.10 would be 0.1
 */
export const manifest = (created: string, paths: string[]): string => {
  const contents: Tree = {}
  for (const path of [manifestNames[0]!, ...paths]) {
    const folders = path.split('/')
    const name = folders.pop()!
    let level = contents
    for (const folder of folders) level = (level[folder] ??= { contents: {} }).contents!
    const url = forms.find(([pattern]) => pattern.test(name))?.[1]
    level[name] = url === undefined ? {} : { url }
  }
  return `${JSON.stringify({ 'ubc-version': '0.1', meta: { created, createdBy: { client: { name: 'Holdall' } } }, contents }, null, 2)}\n`
}
