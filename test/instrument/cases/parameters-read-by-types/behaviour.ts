import type { Recorder } from '../recorder.js';
import { fill, parse, typed } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('parse', () => parse('a', { limit: 1 }));
  await record('nothing', () => parse(undefined));
  await record('fill', () => fill({}));
  await record('typed', () => typed('a'));
}
