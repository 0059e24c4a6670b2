import type { Recorder } from '../recorder.js';
import { fast, slow } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const controller = new AbortController();
  await record('race', () => Promise.race([slow(controller.signal), fast()]));
  controller.abort(new Error('enough'));
  await record('aborted', () => slow(controller.signal));
  await record('any', () => Promise.any([slow(controller.signal), fast()]));
}
