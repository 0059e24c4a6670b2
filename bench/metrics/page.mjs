// A page of 100 000 lines: half of them are counters, half of them parts of histograms, in ten metrics each.
import { importHelpers } from './helpers.mjs';
import { peerMetric } from './peers.mjs';
import { randomNumbers } from './random.mjs';
import { metricsNamed, valuesOf } from './spec.mjs';

const families = metricsNamed('page_');
const statuses = valuesOf('status');
/** For each row of each histogram, so that several buckets have values. */
const firstDurations = [0.004, 0.03, 0.2, 0.7, 3, 20, 50];
/** _bucket with 12 bounds and +Inf, _sum and _count. */
const linesOfHistogram = 15;

/** How many workers make so many lines. */
function workersFor(lines) {
  const linesOfFamily = lines / families.length;
  const workers = (count) => Array.from({ length: Math.round(count) }, (_, index) => `agent-worker-${index}`);
  return {
    counter: workers(linesOfFamily / statuses.length),
    histogram: workers(linesOfFamily / statuses.length / linesOfHistogram),
  };
}

/**
 * The load of a page.
 * @param metricOf the metric of a family: one of ours, or of a library
 */
export function pageOf(lines, metricOf) {
  const workers = workersFor(lines);
  const rows = families.flatMap((family) => {
    const metric = metricOf(family);
    return workers[family.type].flatMap((worker) =>
      statuses.map((status) => ({
        isCounter: family.type === 'counter',
        metric,
        labels: { worker, status },
      })),
    );
  });
  let events = 0;
  const count = (row, amount, duration) => {
    events += row.isCounter ? amount : 1;
    if (row.isCounter) row.metric.inc(row.labels, amount);
    else row.metric.observe(row.labels, duration);
  };
  rows.forEach((row, index) => {
    if (row.isCounter) count(row, ((index * 7919) % 100_000) + 1);
    else for (const duration of firstDurations) count(row, 1, duration + index / 1000);
  });
  const random = randomNumbers(4711);
  return {
    lines: rows.reduce((sum, { isCounter }) => sum + (isCounter ? 1 : linesOfHistogram), 0),
    /** Counts one event in a share of the rows, chosen at random; in all of them where it is 1. */
    change(share) {
      for (const row of rows) if (share === 1 || random() < share) count(row, 1, 0.2);
    },
    /** Throws where a page does not have all lines, or not all events. */
    check(text, times = 1) {
      const samples = text.split('\n').filter((line) => line.startsWith('page_'));
      if (samples.length !== this.lines) throw new Error(`${samples.length} lines instead of ${this.lines}`);
      const counts = samples.filter((line) =>
        /^page_\d+_(requests_total|latency_seconds_count)\{/.test(line),
      );
      const shown = counts.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
      if (shown !== events * times)
        throw new Error(`${shown} events on the page instead of ${events * times}`);
    },
  };
}

/** The page of our metrics. */
export async function ourPage(helpers, lines) {
  const { metrics, telemetry } = await importHelpers(helpers);
  return { page: pageOf(lines, ({ helper }) => metrics[helper]), telemetry };
}

/** The page of a library, in a registry of its own. */
export async function libraryPage(library, lines) {
  const { default: client } = await import(library);
  const registry = new client.Registry();
  const metrics = new Map();
  for (const { name, type, labels } of families) {
    const definition = { name, type, labels: labels.map((label) => label.name) };
    metrics.set(name, await peerMetric(library, definition, [registry]));
  }
  return { page: pageOf(lines, ({ name }) => metrics.get(name)), registry };
}
