import type { Recorder } from '../recorder.js';
import { city, pair } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.shape('city', city);
  await record('city', () => city({ name: 'a', geo: { lat: 1, long: 2 } }));
  await record('throws', () => city(undefined as never));
  await record('pair', () => pair([1]));
  await record('rejects', () => pair(undefined as never));
}
