import type { Recorder } from '../recorder.js';
import { curry, middleware } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('curry', () => curry(1)(2)(3));
  const log: string[] = [];
  await record('middleware', () => middleware(log)((value: number) => value + 1)(1));
  record.value('log', log);
}
