import { metrics } from "./generated/metrics.js"

const starts = metrics.startsTotal
starts.inc(2)
