import type { Recorder } from '../recorder.js';
import { count, joined, outer } from './input.js';

const loose = (work: unknown): ((...args: unknown[]) => unknown) => work as (...args: unknown[]) => unknown;

export default async function behaviour(record: Recorder): Promise<void> {
  await record('none', () => loose(count)());
  await record('undefined counts', () => loose(count)(undefined));
  await record('three', () => loose(count)(1, 2, 3));
  await record('joined', () => loose(joined)('a', 'b'));
  await record('lexical', () => loose(outer)('x'));
  record.value('length', [count.length, joined.length]);
}
