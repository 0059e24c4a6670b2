// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { builtinModule } from '../host.js';

/** The parts of `process` that are used. */
export interface NodeProcess {
  readonly platform: string;
  readonly version: string;
  /** Microseconds since the process started. */
  cpuUsage(): { readonly user: number; readonly system: number };
  readonly memoryUsage: { rss(): number };
  /** Seconds. */
  uptime(): number;
  getActiveResourcesInfo?(): readonly string[];
  _getActiveHandles?(): readonly object[];
  _getActiveRequests?(): readonly object[];
}

/** The parts of `node:fs` that are used. */
export interface FileSystem {
  readFileSync(path: string, encoding: 'latin1'): string;
  readdirSync(path: string): readonly string[];
  readdir(path: string, done: (error: Error | null, names?: readonly string[]) => void): void;
  statSync(path: string): { readonly size: number };
}

/** The parts of `node:v8` that are used; all sizes are bytes. */
export interface V8 {
  getHeapStatistics(): {
    readonly total_heap_size: number;
    readonly used_heap_size: number;
    readonly external_memory: number;
  };
  getHeapSpaceStatistics(): readonly {
    readonly space_name: string;
    readonly space_size: number;
    readonly space_used_size: number;
    readonly space_available_size: number;
  }[];
}

/** Intervals between the calls of a timer, in nanoseconds. */
export interface IntervalHistogram {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly stddev: number;
  percentile(percent: number): number;
  enable(): boolean;
  disable(): boolean;
  reset(): void;
}

/** A garbage collection that has ended. */
export interface CollectionEntry {
  /** Milliseconds. */
  readonly duration: number;
  readonly detail?: { readonly kind?: number };
}

/** The parts of `node:perf_hooks` that are used. */
export interface PerformanceHooks {
  monitorEventLoopDelay(options: { readonly resolution: number }): IntervalHistogram;
  readonly PerformanceObserver: new (take: (list: { getEntries(): readonly CollectionEntry[] }) => void) => {
    observe(options: { readonly entryTypes: readonly string[] }): void;
    disconnect(): void;
  };
}

/** Node's own modules, where there are such. */
export interface NodeModules {
  readonly process: NodeProcess;
  readonly fs: FileSystem;
  readonly v8: V8;
  readonly perfHooks: PerformanceHooks;
  /** Whether this is a thread that another one has started. */
  readonly isWorkerThread: boolean;
}

/** The modules; undefined outside Node and before Node 20.16. */
export function nodeModules(): NodeModules | undefined {
  const process = builtinModule('node:process') as NodeProcess | undefined;
  const fs = builtinModule('node:fs') as FileSystem | undefined;
  const v8 = builtinModule('node:v8') as V8 | undefined;
  const perfHooks = builtinModule('node:perf_hooks') as PerformanceHooks | undefined;
  const threads = builtinModule('node:worker_threads') as { readonly isMainThread?: boolean } | undefined;
  if (process === undefined || fs === undefined || v8 === undefined || perfHooks === undefined)
    return undefined;
  return { process, fs, v8, perfHooks, isWorkerThread: threads?.isMainThread === false };
}
