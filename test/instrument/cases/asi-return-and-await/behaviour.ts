import type { Recorder } from '../recorder.js';
import { chained, Fields, last, values } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('values', () => [values(true), values(false)]);
  await record('chained', () => chained());
  await record('last', () => last());
  const fields = new Fields() as unknown as Record<string, () => unknown>;
  await record('fields', () => [fields['run']?.(), fields['computed']?.(), fields['get']?.(), fields['later']?.()]);
}
