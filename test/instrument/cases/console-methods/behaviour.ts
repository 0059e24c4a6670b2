import type { Recorder } from '../recorder.js';
import { later, tell } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  console.table = () => undefined;
  await record('tell', () => {
    tell('Ada');
  });
  await record('later', () => later());
}
