import type { Recorder } from '../recorder.js';
import { failing, guarded, log } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const returned = guarded();
  await returned.next();
  await record('return', () => returned.return('given up'));
  await record('after return', () => returned.next());
  const thrown = guarded();
  await thrown.next();
  await record('throw', () => thrown.throw(new Error('told')));
  await record('then', () => thrown.next());
  await record('return before the start', () => guarded().return('x'));
  await record('throw before the start', () => guarded().throw(new Error('early')));
  for await (const value of guarded()) {
    log.push(value);
    break;
  }
  const failed = failing();
  await failed.next();
  await record('fails', () => failed.next());
  await record('is over', () => failed.next());
  const queued = guarded();
  await record('calls are queued', () => Promise.all([queued.next(), queued.next(), queued.return('q')]));
  record.value('log', log);
}
