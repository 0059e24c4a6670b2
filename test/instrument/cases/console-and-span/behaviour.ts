import type { Recorder } from '../recorder.js';
import { createRequire } from 'node:module';

interface Input {
  run(value: number): Promise<number[]>;
}

export default async function behaviour(record: Recorder): Promise<void> {
  const { run } = createRequire(import.meta.url)('./input.cjs') as Input;
  await record('run', () => run(1));
}
