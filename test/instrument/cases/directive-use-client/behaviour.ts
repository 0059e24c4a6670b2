import type { Recorder } from '../recorder.js';
import { Button } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('button', () => Button({ label: 'a' }));
}
