import type { Recorder } from '../recorder.js';
import { Derived, Outer, outer } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('arguments', () => outer('a', 'b'));
  await record('new.target', () => Outer.call(undefined));
  await record('super', () => new Derived().greet());
}
