import { clusterProcess, nodeCluster, primaryVariable } from '../aggregate/node-cluster.js';
import { nodeThreads } from '../aggregate/node-threads.js';
import type { Component } from '../component.js';
import { inTurn } from '../node/turns.js';
import { GpuCollection } from './collection.js';
import type { GpuCollectorDefinition } from './collection.js';
import type { GpuSample } from './device.js';
import type { GpuMetrics } from './metrics.js';

/** The GPUs of the host, as this service sees them. Nothing here throws. */
export interface Gpu {
  /** What the collectors have read last, by vendor; without those that are too old to be true. */
  samples(): readonly GpuSample[];
  readonly component: Component;
}

/** What the spec says of GPUs. */
export interface GpuDefinition {
  /** In the order of the spec: the devices of the first vendor go by their index alone. */
  readonly collectors: readonly GpuCollectorDefinition[];
  readonly metrics: GpuMetrics;
}

/** Makes the collectors of a service, which collect from the start of its telemetry to the end. */
export function createGpu({ collectors, metrics }: GpuDefinition): Gpu {
  const collection = new GpuCollection(metrics, collectors);
  let stopped: Promise<void> | undefined;
  let leave: (() => void) | undefined;

  function begin(): void {
    // Where two copies of the helpers are in one process, or two processes have one page, each total would be counted twice.
    if (isShownElsewhere()) return;
    leave ??= inTurn('gpu collectors', () => {
      collection.start();
      return () => {
        stopped = collection.stop();
      };
    });
  }

  function end(): Promise<void> {
    leave?.();
    leave = undefined;
    return stopped ?? Promise.resolve();
  }

  return {
    samples: () => collection.samples(),
    component: {
      name: 'gpu',
      start: begin,
      switched(isOn) {
        if (isOn) begin();
        else void end();
      },
      close: end,
      stats: () => ({ collectors: collection.states() }),
    },
  };
}

/** Whether another thread or process shows what this one measures, and measures the host itself. */
function isShownElsewhere(): boolean {
  if (nodeThreads()?.isMainThread === false) return true;
  const host = clusterProcess();
  return nodeCluster()?.isWorker === true && host?.env[primaryVariable] === String(host?.ppid);
}
