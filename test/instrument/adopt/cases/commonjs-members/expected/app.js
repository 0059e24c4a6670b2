const metrics = require("./metrics.js")

metrics.starts.inc()
metrics.requests.inc({ method: "GET", status: "200" })
