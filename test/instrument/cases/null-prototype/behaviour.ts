import type { Recorder } from '../recorder.js';
import { make, revoked } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('make', () => make());
  record.value('revoked', typeof revoked());
}
