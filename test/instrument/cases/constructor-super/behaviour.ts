import type { Recorder } from '../recorder.js';
import { Conditional, Derived, log, Twice } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('derived', () => new Derived(' a '));
  await record('twice', () => new Twice('b'));
  await record('throws', () => new Twice('no'));
  await record('conditional', () => [new Conditional(true).name, new Conditional(false).name]);
  record.value('log', log);
}
