import type { Recorder } from '../recorder.js';
import { curry, identity } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('curry', () => curry(1)(2)(3));
  const symbol = Symbol('s');
  record.value('identity', [identity(symbol) === symbol, identity(identity) === identity]);
  record.value('big', identity(10n));
}
