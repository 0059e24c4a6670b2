// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { shared } from '../shared.js';

/** What can be moved into memory that other threads read. */
export interface Relocatable {
  /** Copies the cells into new memory. */
  relocate(): void;
}

/** Told after a metric's arrays were replaced. */
export type RelocationListener = (moved: Relocatable) => void;

interface Memory {
  isShared: boolean;
  readonly owners: Set<Relocatable>;
  readonly listeners: Set<RelocationListener>;
}

const memory = shared('memory', (): Memory => ({
  isShared: false,
  owners: new Set(),
  listeners: new Set(),
}));

/** Zeroed memory for cells and states; shared between threads after `shareMemory()`. */
export function allocate(bytes: number): ArrayBufferLike {
  return memory.isShared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}

/** Notes whose memory is to be moved by `shareMemory()`. */
export function ownsMemory(owner: Relocatable): void {
  memory.owners.add(owner);
}

/** Moves all metrics into shared memory, now and whenever they grow. An update costs the same there. */
export function shareMemory(): void {
  if (memory.isShared) return;
  memory.isShared = true;
  for (const owner of memory.owners) owner.relocate();
}

/** Calls back after a metric's arrays were replaced; returns a function that ends this. */
export function onRelocation(listener: RelocationListener): () => void {
  memory.listeners.add(listener);
  return () => {
    memory.listeners.delete(listener);
  };
}

/** Says that a metric's arrays were replaced. */
export function relocated(owner: Relocatable): void {
  for (const listener of memory.listeners) listener(owner);
}
