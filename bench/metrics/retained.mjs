// What is kept for a series: 50 000 counters, and 10 000 label sets of a histogram with 12 buckets, with an open and a closed label each.
import { importHelpers, importRuntime } from './helpers.mjs';
import { retainedBytes } from './memory.mjs';
import { counted, countedByOurs, libraries, peerMetric } from './peers.mjs';
import { valuesOf } from './spec.mjs';

const statuses = valuesOf('status');
const counterWorkers = 12_500;
const histogramWorkers = 2500;

/**
 * Bytes for a series of a counter and a label set of a histogram, before the first scrape and after it.
 * @param make makes the metrics; their own cost is part of the measurement
 */
async function measure(make) {
  const start = await retainedBytes();
  const { counter, histogram, countedBoth, scrape } = await make();
  eachWorker(counterWorkers, (worker, status) => {
    counter.inc({ worker, status });
  });
  const withCounters = await retainedBytes();
  eachWorker(histogramWorkers, (worker, status) => {
    histogram.observe({ worker, status }, 0.3);
  });
  const withBoth = await retainedBytes();
  await scrape();
  const scraped = await retainedBytes();
  const [inCounter, inHistogram] = await Promise.all(countedBoth());
  const [counters, histograms] = [counterWorkers * statuses.length, histogramWorkers * statuses.length];
  if (inCounter !== counters || inHistogram !== histograms) throw new Error('series are missing');
  return {
    counter: (withCounters - start) / counters,
    histogram: (withBoth - withCounters) / histograms,
    mb: (withBoth - start) / 1e6,
    scrapedMb: (scraped - start) / 1e6,
  };
}

/** The texts are made here and dropped here, as those of a request are: who needs them later has to keep them. */
function eachWorker(count, update) {
  for (let index = 0; index < count; index += 1) {
    const worker = `agent-worker-${index}`;
    for (const status of statuses) update(worker, status);
  }
}

export const cases = {
  'retained/ours': async ({ helpers }) => {
    const { metrics } = await importHelpers(helpers);
    const { scrape } = await importRuntime(helpers, 'exposition/scrape');
    return measure(() => ({
      counter: metrics.workerRequestsTotal,
      histogram: metrics.workerLatencySeconds,
      countedBoth: () => [countedByOurs('worker_requests_total'), countedByOurs('worker_latency_seconds')],
      scrape,
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
