import type { Recorder } from '../recorder.js';
import { Counter } from './input.js';

const Made = Counter as unknown as (new (start: number) => { value: number; next(): number }) & { made: number };

export default async function behaviour(record: Recorder): Promise<void> {
  const counter = new Made(4);
  await record('next', () => counter.next());
  record.value('made', Made.made);
  record.value('keys', Object.keys(counter));
  record.value('constructor', counter.constructor === Made);
  await record('without new', () => (Counter as (start: number) => void)(1));
  await record('by reflection', () => (Reflect.construct(Made, [9]) as { value: number }).value);
}
