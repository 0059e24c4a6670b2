import type { Recorder } from '../recorder.js';
import { api } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('count', () => (api.count as (...args: unknown[]) => number)(1, 2));
  await record('defaulted', () => api.defaulted());
  await record('given', () => api.defaulted(1, 2, 3));
}
