import type { Recorder } from '../recorder.js';
import { load, loadPlain } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('an async function rejects', () => load(-1));
  await record('a plain function throws at once', () => loadPlain(-1));
  await record('both answer', () => Promise.all([load(1), loadPlain(2)]));
}
