const metrics = require("./metrics.js")

metrics.starts.inc()
metrics.requests.labels("GET", 200).inc()
