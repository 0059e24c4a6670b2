import type { Recorder } from '../recorder.js';
import { configured, retry } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('fine', () => retry(() => 3));
  await record('caught', () => retry(() => JSON.parse('{') as number));
  await record('configured', () => configured());
  await record('given', () => configured({ now: () => 6 }));
}
