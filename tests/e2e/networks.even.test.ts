// Every other network whose pages are walked: two files, so that two workers share them.
import { hold, walked } from './networks.ts'

await hold(walked.filter((_, at) => at % 2 === 0))
