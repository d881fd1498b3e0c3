/** Chance that comes out the same for the same seed: what every simulated world is made from. */

/** mulberry32: small, fast, the same everywhere. */
export class Dice {
  private state: number
  constructor(seed: number) { this.state = seed >>> 0 }
  /** @returns 0 ≤ x < 1 */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  below(limit: number): number { return Math.floor(this.next() * limit) }
  chance(p: number): boolean { return this.next() < p }
  pick<T>(from: readonly T[]): T { return from[this.below(from.length)] as T }
  hex(digits: number): string { return Array.from({ length: digits }, () => '0123456789abcdef'[this.below(16)]).join('') }
}
