import type { Prometheus } from './prometheus.js';

/** What Prometheus makes of the service. */
export interface PrometheusReport {
  readonly text: string;
  /** Whether there are rules and each of them could be evaluated. */
  readonly healthy: boolean;
}

/** Longest time to wait for a scrape or for the rules, in milliseconds: only against what never happens. */
const timeoutMs = 120_000;

/** Waits for the first scrape: what is counted before it is not seen by rate(). */
export async function waitForFirstScrape(prometheus: Prometheus): Promise<void> {
  await prometheus.waitFor('up == 1', timeoutMs);
}

/**
 * Waits until the rules have seen all that happened, and tells what came of them.
 * @param runs how many runs the service has counted
 */
export async function showPrometheus(prometheus: Prometheus, runs: number): Promise<PrometheusReport> {
  await prometheus.waitFor(`sum(agent_runs_total) >= ${runs}`, timeoutMs);
  // Rules that read what other rules recorded see it one evaluation later.
  for (let depth = 0; depth < 3; depth += 1) await prometheus.waitForEvaluation(timeoutMs);
  const health = await prometheus.waitForRules(timeoutMs);
  const [series] = await prometheus.query('count({job="research-agent"})');
  const [records] = await prometheus.query('count({__name__=~".+:.+"})');
  const lines = [
    `What Prometheus made of it (${prometheus.address})\n`,
    `  Series scraped  ${series?.value ?? 0}`,
    `  Rules           ${health.ok} healthy in ${health.groups} groups, ${health.failing.length} failing, ${health.pending} not evaluated`,
    `  Recorded        ${records?.value ?? 0} series`,
    `  Firing          ${health.firing.length === 0 ? 'none' : health.firing.join(', ')}`,
    ...health.failing.map((failure) => `  ! ${failure}`),
    ...(health.groups === 0 ? ['  ! There are no rules: run npx obs-gen build.'] : []),
    ...(await objectives(prometheus)),
  ];
  return {
    text: `${lines.join('\n')}\n`,
    healthy: health.ok > 0 && health.failing.length === 0 && health.pending === 0,
  };
}

/** The objectives as the recording rules have them: what was promised and what the last five minutes brought. */
async function objectives(prometheus: Prometheus): Promise<readonly string[]> {
  const promised = new Map<string, number>();
  for (const { labels, value } of await prometheus.query('slo:objective:ratio')) {
    promised.set(labels['slo'] ?? '', value);
  }
  const measured = await prometheus.query('1 - slo:sli_error:ratio_rate5m');
  const rows = measured.map(({ labels, value }) => {
    const slo = labels['slo'] ?? '';
    const name = labels['agent'] === undefined ? slo : `${slo} (${labels['agent']})`;
    return `  ${name.padEnd(26)}  ${percent(value).padStart(8)}  of ${percent(promised.get(slo) ?? 0)} promised`;
  });
  return rows.length === 0 ? [] : ['', '  Objectives in the last five minutes', ...rows.sort()];
}

function percent(ratio: number): string {
  return `${Number((ratio * 100).toFixed(2))} %`;
}
