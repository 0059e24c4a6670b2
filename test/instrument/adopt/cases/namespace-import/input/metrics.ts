import * as prom from 'prom-client'
import { createServer } from 'node:http'

const requests = new prom.Counter({
  name: 'http_requests_total',
  help: 'Requests that were answered.',
  labelNames: ['method', 'status'],
})

export const server = createServer((request, response) => {
  requests.labels(request.method ?? 'none', `${response.statusCode}`).inc()
  response.end()
})
