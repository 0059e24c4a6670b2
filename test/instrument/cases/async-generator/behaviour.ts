import type { Recorder } from '../recorder.js';
import { chunks, collect, log } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.shape('chunks', chunks);
  const run = chunks(2);
  record.value('nothing has run', log);
  await record('first', () => run.next());
  await record('second', () => run.next('told'));
  await record('last', () => run.next());
  await record('over', () => run.next());
  record.value('log', log);
  await record('collect', () => collect(3));
  record.value('tag', Object.prototype.toString.call(run));
  record.value('is its own iterator', run[Symbol.asyncIterator]() === run);
}
