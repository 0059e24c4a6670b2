import type { Recorder } from '../recorder.js';
import { api, iterated, run, take } from './input.js';

function* once(): Generator<string> {
  yield 'a';
  yield 'b';
}

export default async function behaviour(record: Recorder): Promise<void> {
  const input = { items: ['a'] };
  await record('run', () => run(input));
  record.value('input', input);
  await record('take', () => take({ items: ['a', 'b'] }));
  await record('iterators are not used up', () => iterated({ items: once() }));
  await record('each', () => api.each({ items: once() }, 1, 2));
}
