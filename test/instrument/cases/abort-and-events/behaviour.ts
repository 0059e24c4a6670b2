import type { Recorder } from '../recorder.js';
import { Listener, withTimeout } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('in time', () => withTimeout(async () => 'done', 50));
  await record('too slow', () => withTimeout(() => new Promise(() => {}), 2));
  await record('fails', () => withTimeout(async () => Promise.reject(new Error('no')), 50));
  const listener = new Listener();
  const target = new EventTarget();
  target.addEventListener('tick', listener);
  target.dispatchEvent(new Event('tick'));
  record.value('seen', listener.seen);
}
