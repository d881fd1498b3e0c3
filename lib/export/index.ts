/** The files that a person leaves with: the follow list, the list of the others, and the import archive. */
export * from './types.ts'
export { bundle, bundleNumbers, type Bundle } from './bundle.ts'
export { checkBundle } from './check.ts'
export { choose, latestOf, type Bounds } from './select.ts'
export { checkFollowCsv } from './csv.ts'
export { followFiles, followNumbers, reasonOf } from './follows.ts'
export { relationFiles, type RelationFile } from './relations.ts'
export { arrivalsOf, readReturned, type Returned, type ReturnKind } from './arrivals.ts'
