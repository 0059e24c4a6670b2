// What stays in memory.
import { setImmediate } from 'node:timers/promises';
import process from 'node:process';

/** Bytes of the heap and of buffers that are still in use after a collection. */
export async function retainedBytes() {
  // Buffers are freed after the collection that found them unused, some of them by another thread.
  for (let times = 0; times < 3; times += 1) {
    globalThis.gc();
    await setImmediate();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
