import type { Recorder } from '../recorder.js';
import { Registry } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('add', () => Registry.add('a'));
  await record('again', () => Registry.add('b'));
  class Derived extends Registry {}
  await record('derived has none', () => Derived.add('c'));
}
