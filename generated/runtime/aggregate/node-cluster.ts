// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { builtinModule } from '../host.js';

/** A worker, as its primary sees it: what is used of node:cluster's `Worker`. */
export interface ClusterWorker {
  readonly id: number;
  readonly process: { readonly pid?: number | undefined };
  isConnected(): boolean;
  send(message: unknown, done: (error: Error | null) => void): unknown;
}

/** What is used of node:cluster. */
export interface NodeCluster {
  readonly isPrimary: boolean;
  readonly isWorker: boolean;
  readonly workers?: Readonly<Record<number, ClusterWorker | undefined>>;
  /** Of a worker, itself. */
  readonly worker?: { readonly exitedAfterDisconnect?: boolean } | null;
  on(event: 'disconnect' | 'exit', listener: (worker: ClusterWorker) => void): unknown;
  on(event: 'message', listener: (worker: ClusterWorker, message: unknown) => void): unknown;
}

/**
 * By this environment variable, which they inherit, workers know that their primary asks for metrics: its value is the primary's id.
 * A process manager whose workers these are is told nothing, and sets no such variable.
 */
export const primaryVariable = 'OBSGEN_CLUSTER_PRIMARY';

/** What the primary uses of its process. */
export interface PrimaryProcess {
  readonly env: Record<string, string | undefined>;
  readonly pid: number;
}

/** What a worker of a cluster uses of its process. */
export interface WorkerProcess extends PrimaryProcess {
  readonly ppid: number;
  readonly connected?: boolean;
  send?(
    message: unknown,
    handle: undefined,
    options: undefined,
    done: (error: Error | null) => void,
  ): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  prependListener(event: 'internalMessage', listener: (message: unknown) => void): unknown;
}

/** node:cluster, where there is one. */
export function nodeCluster(): NodeCluster | undefined {
  return builtinModule('node:cluster') as NodeCluster | undefined;
}

/** This process. */
export function clusterProcess(): WorkerProcess | undefined {
  return (globalThis as unknown as { process?: WorkerProcess }).process;
}
