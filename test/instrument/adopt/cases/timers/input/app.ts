import { Histogram } from 'prom-client';

const duration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'How long requests took.',
  labelNames: ['method', 'route'],
  buckets: [0.1, 0.5, 1, 5],
});

export async function timed(method: string, code: number, work: () => Promise<void>): Promise<void> {
  const end = duration.startTimer({ method });
  const bare = duration.startTimer();
  const whole = duration.startTimer({ method, route: code });
  const row = duration.labels(method, '/').startTimer();
  await work().finally(whole);
  end({ route: code });
  bare({ method, route: '/' });
  row();
}

export const begin = (method: string) => duration.labels({ method, route: '/' }).startTimer();
