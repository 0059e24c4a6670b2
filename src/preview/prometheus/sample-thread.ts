/** The thread in which data is made up; see sample-writer.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { resolve } from '../../model/resolve.js';
import { loadSpec } from '../../spec/load.js';
import { sampleOf } from '../sample/index.js';
import { digestOf } from './blocks.js';
import type { ThreadRequest, ThreadSample } from './sample-writer.js';

const { spec, end, seed } = workerData as ThreadSample;
const { value: loaded } = loadSpec(spec);
// That the spec is sound has been checked; where it has changed since, there will be another thread.
const model = loaded && resolve(loaded).value;
if (model === undefined) throw new Error(`${spec} has changed`);
const sample = sampleOf(model, seed === undefined ? { end } : { end, seed });

async function write({ part, folder }: ThreadRequest): Promise<void> {
  await sample.writeBlocks(folder, part);
  parentPort?.postMessage(digestOf(folder));
}

// A rejection ends the thread, as an error of its own does.
parentPort?.on('message', (request: ThreadRequest) => void write(request));
