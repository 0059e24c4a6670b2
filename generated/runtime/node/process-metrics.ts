// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Counter } from '../metrics/counter.js';
import type { Gauge, LabelledGauge } from '../metrics/gauge.js';

type ByType = LabelledGauge<{ type: string }>;
type BySpace = LabelledGauge<{ space: string }>;

/** A labelled histogram, of whose kinds a spec may have taken some only. */
interface CollectionDurations {
  observe(labels: { kind: string }, seconds: number): void;
}

/** The metrics of the preset `node`, by their helpers' names. A spec may have taken some of them only. */
export interface ProcessMetrics {
  readonly processCpuUserSecondsTotal?: Counter;
  readonly processCpuSystemSecondsTotal?: Counter;
  readonly processCpuSecondsTotal?: Counter;
  readonly processStartTimeSeconds?: Gauge;
  readonly processResidentMemoryBytes?: Gauge;
  readonly processVirtualMemoryBytes?: Gauge;
  readonly processHeapBytes?: Gauge;
  readonly processOpenFds?: Gauge;
  readonly processMaxFds?: Gauge;

  readonly nodejsEventloopLagSeconds?: Gauge;
  readonly nodejsEventloopLagMinSeconds?: Gauge;
  readonly nodejsEventloopLagMaxSeconds?: Gauge;
  readonly nodejsEventloopLagMeanSeconds?: Gauge;
  readonly nodejsEventloopLagStddevSeconds?: Gauge;
  readonly nodejsEventloopLagP50Seconds?: Gauge;
  readonly nodejsEventloopLagP90Seconds?: Gauge;
  readonly nodejsEventloopLagP99Seconds?: Gauge;

  readonly nodejsActiveResources?: ByType;
  readonly nodejsActiveHandles?: ByType;
  readonly nodejsActiveRequests?: ByType;

  readonly nodejsHeapSizeTotalBytes?: Gauge;
  readonly nodejsHeapSizeUsedBytes?: Gauge;
  readonly nodejsExternalMemoryBytes?: Gauge;
  readonly nodejsHeapSpaceSizeTotalBytes?: BySpace;
  readonly nodejsHeapSpaceSizeUsedBytes?: BySpace;
  readonly nodejsHeapSpaceSizeAvailableBytes?: BySpace;
  readonly nodejsGcDurationSeconds?: CollectionDurations;
  readonly nodejsVersionInfo?: LabelledGauge<{
    version: string;
    major: string;
    minor: string;
    patch: string;
  }>;
}

/** What a garbage collection did. */
export type CollectionKind = 'major' | 'minor' | 'incremental' | 'weakcb';

/** How one of the metrics gets its values. */
export interface Feed {
  readonly name: keyof ProcessMetrics;
  /** Starts feeding the metric; returns a function that ends this. Undefined where there is no such metric, or nothing to feed it. */
  start(metrics: ProcessMetrics): (() => void) | undefined;
}

/** Makes a feed from a function that gets the metric. */
export function feed<M extends keyof ProcessMetrics>(
  name: M,
  start: (metric: NonNullable<ProcessMetrics[M]>) => (() => void) | undefined,
): Feed {
  return {
    name,
    start(metrics) {
      const metric = metrics[name];
      return metric === undefined ? undefined : start(metric);
    },
  };
}
