import { Counter, Gauge, Histogram, register } from 'prom-client';

// Requests of everybody.
export const requests = new Counter({
  name: 'http_requests_total',
  help: 'Requests that were answered.',
  labelNames: ['method', 'status'],
});

export const duration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'How long requests took.',
  labelNames: ['method', 'route'] as const,
  buckets: [0.1, 0.5, 1, 5],
});

export const connections = new Gauge({ name: 'open_connections', help: 'Connections that are open.' }); // gauge

export const page = (): Promise<string> => register.metrics();
