import { nothing, type Answer, type Reading, type Viewer } from '../../model/index.ts'
import type { Evidence } from '../types.ts'

export const viewer = (_evidence: Evidence): Viewer | undefined => undefined
export const read = (_answer: Answer): Reading => nothing()
