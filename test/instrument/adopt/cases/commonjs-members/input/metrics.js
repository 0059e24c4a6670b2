const client = require("prom-client")

exports.starts = new client.Counter({ name: "starts_total", help: "Starts of the service." })
exports.requests = new client.Counter({
  name: "http_requests_total",
  help: "Requests that were answered.",
  labelNames: ["method", "status"]
})
exports.starts.inc({}, 2)
