import { metrics } from './generated/metrics.js'
import { createServer } from 'node:http'

const requests = metrics.httpRequestsTotal

export const server = createServer((request, response) => {
  requests.inc({ method: request.method ?? 'none', status: `${response.statusCode}` })
  response.end()
})
