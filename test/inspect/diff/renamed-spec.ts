/** A service whose three metrics get other names. */
export const oldSpec = `version: 1
service: { name: shop, owner: team }
labels:
  agent: { description: Which agent ran., registered: true, cap: 20 }
  outcome: { description: How it ended., values: [completed, failed, cancelled] }
metrics:
  shop_jobs_total:
    type: counter
    help: Runs finished.
    labels: [agent, outcome]
  shop_job_duration_seconds:
    type: histogram
    help: Time a run took.
    labels: [agent]
    buckets: [0.5, 1, 2, 4, 8]
  shop_backlog:
    type: gauge
    help: Tasks waiting.
slis:
  run_success:
    events: { total: 'shop_jobs_total{outcome!="cancelled"}', good: 'shop_jobs_total{outcome="completed"}' }
  run_latency:
    latency: { histogram: shop_job_duration_seconds, threshold: 4s }
  short:
    timeSlice: { query: max(shop_backlog), op: '<=', value: 60 }
slos:
  runs: { sli: run_success, objective: 99, period: 28d, by: [agent] }
  latency: { sli: run_latency, objective: 95, period: 28d }
  short: { sli: short, objective: 95, period: 28d }
alerts:
  BacklogHigh:
    expr: max_over_time(shop_backlog[10m]) > 40
    severity: page
    summary: Tasks are waiting.
  BacklogGrowing:
    expr: deriv(shop_backlog[30m]) > 0.001 and shop_backlog > 20
    severity: ticket
    summary: More tasks are waiting.
  BacklogUnknown:
    expr: absent(shop_backlog)
    severity: ticket
    summary: Nobody knows how many tasks are waiting.
  FailuresHigh:
    expr: sum by (agent) (rate(shop_jobs_total{outcome="failed"}[10m])) > 0.02
    severity: ticket
    summary: Many fail.
dashboards:
  overview:
    title: Shop
    variables: [agent]
    rows:
      - title: Runs
        panels:
          - { title: Runs, type: timeseries, metric: shop_jobs_total, show: rate, by: [outcome] }
          - { title: Time, type: timeseries, metric: shop_job_duration_seconds, show: [p95] }
          - { title: Waiting, type: stat, query: max(shop_backlog) }
`;

const renamings = [
  ['shop_jobs_total', 'shop_runs_total'],
  ['shop_job_duration_seconds', 'shop_run_duration_seconds'],
  ['shop_backlog', 'shop_queue_depth'],
] as const;

/** The same with the new names, and what they were before. */
export const newSpec = renamings.reduce(
  (text, [old, now]) =>
    text
      .replaceAll(old, now)
      .replace(`  ${now}:\n`, `  ${now}:\n    renamedFrom: { name: ${old}, until: 2027-06-30 }\n`),
  oldSpec,
);

/** The new name of a series; undefined where it keeps the one that it has. */
export function newName(series: string): string | undefined {
  const found = renamings.find(([old]) => series === old || series.startsWith(`${old}_`));
  return found && found[1] + series.slice(found[0].length);
}
