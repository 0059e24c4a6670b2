import { Histogram } from 'prom-client';

const duration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'How long requests took.',
  labelNames: ['method', 'route'],
  buckets: [0.1, 0.5, 1, 5],
});

export function timed(/** @type {string} */ method, emitter) {
  const end = duration.startTimer({ method });
  emitter.on('finish', end);
}
