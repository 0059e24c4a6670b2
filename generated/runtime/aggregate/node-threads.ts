// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { builtinModule } from '../host.js';

/** A named channel between all threads of a process: what is used of it. */
export interface Channel {
  onmessage: (event: { readonly data: unknown }) => void;
  postMessage(message: unknown): void;
  close(): void;
  unref?(): unknown;
}

/** What is used of node:worker_threads. */
export interface NodeThreads {
  readonly isMainThread: boolean;
  readonly threadId: number;
  readonly BroadcastChannel: new (name: string) => Channel;
}

/** A thread, as the one that made it sees it. */
export interface ThreadHandle {
  readonly threadId: number;
  once(event: 'exit', listener: () => void): unknown;
}

/** What the threads of a process use of it. */
export interface ThreadedProcess {
  on(event: 'worker', listener: (thread: ThreadHandle) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
}

/** node:worker_threads, where there is one. */
export function nodeThreads(): NodeThreads | undefined {
  return builtinModule('node:worker_threads') as NodeThreads | undefined;
}

/** This process, as its threads see it. */
export function threadedProcess(): ThreadedProcess | undefined {
  return (globalThis as unknown as { process?: ThreadedProcess }).process;
}
