/** Goes through foreign JSON and shows every object, so that records are found by their shape, not by their path. */
import { isDict, type Dict } from './fields.ts'

export interface Place<C> {
  /** Keys and indices from the root. Live: copy it to keep it. */
  path: readonly (string | number)[]
  /** The nearest name on the way: the own key, or that of the list it stands in. */
  key: string
  /** What the nearest visitor above handed down. */
  context: C
}

export interface Onward<C> {
  /** Handed down to what is below. */
  context?: C
  /** Keys not to go into; `true`: none at all. */
  skip?: true | readonly string[]
}

export interface WalkLimits {
  /** Nesting; what lies deeper is not seen. */
  depth: number
  /** Objects and lists; those beyond are not seen. */
  nodes: number
  /** Keys that are never gone into. */
  skip?: ReadonlySet<string>
}

/**
 * Visits every object under `root` once, parents first, in document order.
 * @returns whether a limit cut the walk short
 */
export const walk = <C>(
  root: unknown,
  context: C,
  visit: (object: Dict, place: Place<C>) => Onward<C> | void,
  limits: WalkLimits = { depth: 100, nodes: 1_000_000 },
): { cut: boolean } => {
  const path: (string | number)[] = []
  let left = limits.nodes
  let cut = false
  const go = (value: unknown, key: string, handed: C): void => {
    if (typeof value !== 'object' || value === null) return
    if (path.length > limits.depth || left-- <= 0) {
      cut = true
      return
    }
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) {
        path.push(index)
        go(value[index], key, handed)
        path.pop()
      }
      return
    }
    if (!isDict(value)) return
    const onward = visit(value, { path, key, context: handed })
    if (onward?.skip === true) return
    const below = onward && 'context' in onward ? (onward.context as C) : handed
    for (const name of Object.keys(value)) {
      if (limits.skip?.has(name) || onward?.skip?.includes(name)) continue
      path.push(name)
      go(value[name], name, below)
      path.pop()
    }
  }
  go(root, '', context)
  return { cut }
}
