const { metrics } = require("./generated/metrics")

exports.starts = metrics.startsTotal
exports.requests = metrics.httpRequestsTotal
exports.starts.inc(2)
