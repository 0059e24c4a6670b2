import { metrics } from './generated/metrics.js';

const jobs = metrics.jobsTotal;
const lookups = metrics.lookupsTotal;

enum Outcome {
  Ok = 'ok',
  Failed = 'failed',
}

export function ended(ok: boolean, outcome: 'ok' | 'failed', other: Outcome): void {
  jobs.inc({ outcome: ok ? 'ok' : 'failed' });
  jobs.inc({ outcome });
  jobs.inc({ outcome: `${other}` });
  jobs.inc({ outcome });
  lookups.inc({ cached: String(ok) as 'true' | 'false' });
  lookups.inc({ cached: ok as unknown as 'true' });
  lookups.inc({ cached: 'true' });
}
