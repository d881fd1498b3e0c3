import { asked, hold } from './networks.ts'

await hold(asked)
