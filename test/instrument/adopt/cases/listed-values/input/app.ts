import { Counter } from 'prom-client';

const jobs = new Counter({ name: 'jobs_total', help: 'Jobs that ended.', labelNames: ['outcome'] });
const lookups = new Counter({ name: 'lookups_total', help: 'Lookups.', labelNames: ['cached'] });

enum Outcome {
  Ok = 'ok',
  Failed = 'failed',
}

export function ended(ok: boolean, outcome: 'ok' | 'failed', other: Outcome): void {
  jobs.inc({ outcome: ok ? 'ok' : 'failed' });
  jobs.labels(outcome).inc();
  jobs.labels(other).inc();
  jobs.inc({ outcome });
  lookups.inc({ cached: String(ok) as 'true' | 'false' });
  lookups.inc({ cached: ok as unknown as 'true' });
  lookups.labels('true').inc();
}
