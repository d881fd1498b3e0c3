import { hold, walked } from './networks.ts'

await hold(walked.filter((_, at) => at % 2 === 1))
