// What is kept for a series: 50 000 counters, and 10 000 label sets of a histogram with 12 buckets, with an open and a closed label each.
import { importHelpers } from './helpers.mjs';
import { retainedBytes } from './memory.mjs';
import { counted, countedByOurs, libraries, peerMetric } from './peers.mjs';
import { valuesOf } from './spec.mjs';

const statuses = valuesOf('status');
/** The texts of the labels: the program holds them, so they are not counted. */
const workers = Array.from({ length: 12_500 }, (_, index) => `agent-worker-${index}`);
const fewWorkers = workers.slice(0, 2500);

/**
 * Bytes for a series of a counter and a label set of a histogram, before the first scrape and after it.
 * @param make makes the metrics; their own cost is part of the measurement
 */
async function measure(make) {
  const start = await retainedBytes();
  const { counter, histogram, countedBoth, scrape } = await make();
  for (const worker of workers) for (const status of statuses) counter.inc({ worker, status });
  const withCounters = await retainedBytes();
  for (const worker of fewWorkers) for (const status of statuses) histogram.observe({ worker, status }, 0.3);
  const withBoth = await retainedBytes();
  await scrape();
  const scraped = await retainedBytes();
  const [inCounter, inHistogram] = await Promise.all(countedBoth());
  const [counters, histograms] = [workers.length * statuses.length, fewWorkers.length * statuses.length];
  if (inCounter !== counters || inHistogram !== histograms) throw new Error('series are missing');
  return {
    counter: (withCounters - start) / counters,
    histogram: (withBoth - withCounters) / histograms,
    mb: (withBoth - start) / 1e6,
    scrapedMb: (scraped - start) / 1e6,
  };
}

export const cases = {
  'retained/ours': async ({ helpers }) => {
    const { metrics, telemetry } = await importHelpers(helpers);
    return measure(() => ({
      counter: metrics.workerRequestsTotal,
      histogram: metrics.workerLatencySeconds,
      countedBoth: () => [countedByOurs('worker_requests_total'), countedByOurs('worker_latency_seconds')],
      scrape: () => telemetry.scrape(),
    }));
  },
  ...Object.fromEntries(
    libraries.map((library) => [
      `retained/${library}`,
      async () => {
        const { default: client } = await import(library);
        return measure(async () => {
          const registry = new client.Registry();
          const labels = ['worker', 'status'];
          const counter = await peerMetric(library, { type: 'counter', name: 'c', labels }, [registry]);
          const histogram = await peerMetric(library, { type: 'histogram', name: 'h', labels }, [registry]);
          const countedBoth = () => [counted(counter), counted(histogram)];
          return { counter, histogram, countedBoth, scrape: () => registry.metrics() };
        });
      },
    ]),
  ),
};
