import type { Prometheus } from './prometheus.js';

/** Longest time until every rule has run: groups start at an offset within their interval. */
const rulesTimeoutMs = 60_000;

/** Waits for the rules and tells what Prometheus makes of the service. */
export async function showPrometheus(prometheus: Prometheus): Promise<string> {
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
  return `${lines.join('\n')}\n`;
}
