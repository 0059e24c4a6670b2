// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { currentRegistry, families } from '../exposition/registry.js';
import { shared } from '../shared.js';
import { cpuFeeds } from './cpu.js';
import { descriptorFeeds } from './descriptors.js';
import { eventLoopFeeds } from './event-loop.js';
import { collectionFeeds } from './garbage-collection.js';
import { heapFeeds } from './heap.js';
import { memoryFeeds } from './memory.js';
import { nodeModules } from './modules.js';
import type { Feed, ProcessMetrics } from './process-metrics.js';
import { resourceFeeds } from './resources.js';
import { inTurn } from './turns.js';
import { versionFeeds } from './version.js';

/**
 * Feeds the metrics of the preset `node` from now on: counters and gauges are read at each scrape, garbage collections are recorded as
 * they happen, and the event loop's delay is measured all the time. Of two callers, the first one feeds a metric, and the other one
 * after that has ended. Metrics whose names the registry holds already, as after prom-client's `collectDefaultMetrics()`, are left
 * alone. In a worker thread, what is a matter of the whole process is left to the main thread. Never throws.
 * @returns a function that ends this
 */
export function watchProcess(metrics: ProcessMetrics): () => void {
  const wanted = processFeeds().filter(({ name }) => metrics[name] !== undefined);
  const foreign = wanted.filter(({ name }) => isForeign(metricName(name)));
  if (foreign.length > 0)
    diag.info(`${foreign.length} metrics of the process are fed by others: the registry held them already`);
  const ends = wanted
    .filter((feed) => !foreign.includes(feed))
    .map((feed) => inTurn(feed.name, () => startSafely(feed, metrics)));
  return () => {
    for (const end of ends.splice(0)) end();
  };
}

/** The feeds of this process, the same for all copies of the runtime. */
function processFeeds(): readonly Feed[] {
  return shared('process feeds', () => {
    const node = nodeModules();
    if (node === undefined) return [];
    const ofThread = [eventLoopFeeds, resourceFeeds, heapFeeds, collectionFeeds];
    const ofProcess = [cpuFeeds, memoryFeeds, descriptorFeeds, versionFeeds];
    return [...(node.isWorkerThread ? [] : ofProcess), ...ofThread].flatMap((feeds) => feeds(node));
  });
}

function startSafely(feed: Feed, metrics: ProcessMetrics): (() => void) | undefined {
  try {
    return feed.start(metrics);
  } catch (error) {
    diag.warn(`${metricName(feed.name)} is not measured`, error);
    return undefined;
  }
}

/** Whether the registry shows a metric of that name that is none of ours. */
function isForeign(name: string): boolean {
  try {
    return (
      currentRegistry().getSingleMetric(name) !== undefined &&
      !families().some((family) => family.name === name)
    );
  } catch {
    return false;
  }
}

/** `processOpenFds` is `process_open_fds`. */
function metricName(helper: string): string {
  return helper.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
