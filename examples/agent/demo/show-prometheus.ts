import type { Prometheus } from './prometheus.js';

/** Longest time until every rule has run: groups start at an offset within their interval. */
const rulesTimeoutMs = 60_000;

/** What Prometheus makes of the service. */
export interface PrometheusReport {
  readonly text: string;
  /** Whether there are rules and each of them could be evaluated. */
  readonly healthy: boolean;
}

/** Waits for the rules and tells what came of them. */
export async function showPrometheus(prometheus: Prometheus): Promise<PrometheusReport> {
  const health = await prometheus.waitForRules(rulesTimeoutMs);
  const [series] = await prometheus.query('count({job="research-agent"})');
  const [records] = await prometheus.query('count({__name__=~".+:.+"})');
  const lines = [
    `What Prometheus made of it (${prometheus.address})\n`,
    `  Series scraped  ${series?.value ?? 0}`,
    `  Rules           ${health.ok} healthy in ${health.groups} groups, ${health.failing.length} failing, ${health.pending} not evaluated`,
    `  Recorded        ${records?.value ?? 0} series`,
    `  Firing          ${health.firing.length === 0 ? 'none' : health.firing.join(', ')}`,
    ...health.failing.map((failure) => `  ! ${failure}`),
  ];
  const healthy = health.ok > 0 && health.failing.length === 0 && health.pending === 0;
  if (health.groups === 0) lines.push('  ! There are no rules: run npx obs-gen build.');
  return { text: `${lines.join('\n')}\n`, healthy };
}
