import type { Recorder } from '../recorder.js';
import { lookUp, method } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('look up', () => lookUp.execute({ context: { key: 'abc' } }));
  await record('method', () => method.execute({ context: { key: 'a' } }));
}
