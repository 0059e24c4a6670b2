import { Counter } from 'prom-client';

const jobs = new Counter({ name: 'jobs_total', help: 'Jobs that ended.', labelNames: ['outcome'] });
const lookups = new Counter({ name: 'lookups_total', help: 'Lookups.', labelNames: ['cached'] });

export function ended(outcome: string): void {
  jobs.inc({ outcome });
  lookups.inc({ cached: 'maybe' });
}
