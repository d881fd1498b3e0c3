import { hold, walked } from './networks.ts'

await hold(walked)
