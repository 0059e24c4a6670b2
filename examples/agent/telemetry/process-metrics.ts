import {
  monitorEventLoopDelay,
  PerformanceObserver,
  constants,
  type PerformanceEntry,
} from 'node:perf_hooks';
import { metrics } from '../../../generated/index.js';

const gcKinds = new Map([
  [constants.NODE_PERFORMANCE_GC_MAJOR, 'major'],
  [constants.NODE_PERFORMANCE_GC_MINOR, 'minor'],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, 'incremental'],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, 'weakcb'],
] as const);

/** Feeds the metrics of the preset `node`. */
export interface ProcessMetrics {
  /** Brings the counters and what is measured since the last scrape up to date: call it before each scrape. */
  readonly update: () => void;
  readonly stop: () => void;
}

/** Starts measuring this process. */
export function watchProcess(): ProcessMetrics {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const collections = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) recordCollection(entry);
  });
  collections.observe({ entryTypes: ['gc'] });
  let lastCpu = { user: 0, system: 0 };

  metrics.processStartTimeSeconds.set(Math.round(Date.now() / 1000 - process.uptime()));
  const [major = '', minor = '', patch = ''] = process.versions.node.split('.');
  metrics.nodejsVersionInfo.set({ version: process.version, major, minor, patch }, 1);

  return {
    update() {
      const cpu = process.cpuUsage();
      const [user, system] = [(cpu.user - lastCpu.user) / 1e6, (cpu.system - lastCpu.system) / 1e6];
      lastCpu = cpu;
      metrics.processCpuUserSecondsTotal.inc(user);
      metrics.processCpuSystemSecondsTotal.inc(system);
      metrics.processCpuSecondsTotal.inc(user + system);

      const memory = process.memoryUsage();
      metrics.processResidentMemoryBytes.set(memory.rss);
      metrics.nodejsHeapSizeTotalBytes.set(memory.heapTotal);
      metrics.nodejsHeapSizeUsedBytes.set(memory.heapUsed);
      metrics.nodejsExternalMemoryBytes.set(memory.external);

      // Without a sample there is no percentile, and no value is better than a wrong one.
      if (delay.count > 0) {
        metrics.nodejsEventloopLagMeanSeconds.set(delay.mean / 1e9);
        metrics.nodejsEventloopLagMaxSeconds.set(delay.max / 1e9);
        metrics.nodejsEventloopLagP50Seconds.set(delay.percentile(50) / 1e9);
        metrics.nodejsEventloopLagP99Seconds.set(delay.percentile(99) / 1e9);
      }
      delay.reset();
    },
    stop() {
      delay.disable();
      collections.disconnect();
    },
  };
}

function recordCollection(entry: PerformanceEntry): void {
  const { kind } = (entry as PerformanceEntry & { readonly detail: { readonly kind: number } }).detail;
  const name = gcKinds.get(kind);
  if (name !== undefined) metrics.nodejsGcDurationSeconds.observe({ kind: name }, entry.duration / 1000);
}
