import type { Recorder } from '../recorder.js';
import { fast, slow } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const controller = new AbortController();
  const first = slow(controller.signal);
  await record('race', () => Promise.race([first, fast()]));
  controller.abort(new Error('enough'));
  await record('loser', () => first);
  await record('aborted', () => slow(controller.signal));
  const last = slow(controller.signal);
  await record('any', () => Promise.any([last, fast()]));
  await record('last', () => last);
}
