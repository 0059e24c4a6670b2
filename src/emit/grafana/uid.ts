import { createHash } from 'node:crypto';

/** Grafana drops a dashboard with a longer uid without a word. */
const longest = 40;

/**
 * The uid of a dashboard: service and name, of letters, digits, `_` and `-`. A longer one is cut and ends in a hash of all of it, so that
 * two dashboards never share one.
 */
export function dashboardUid(service: string, name: string): string {
  const full = `${service}-${name}`;
  const plain = full.replace(/[^A-Za-z0-9_-]/g, '-');
  if (plain === full && plain.length <= longest) return plain;
  const hash = createHash('sha256').update(full).digest('hex').slice(0, 8);
  return `${plain.slice(0, longest - hash.length - 1).replace(/[-_]+$/, '')}-${hash}`;
}
