import type { Recorder } from '../recorder.js';
import { A, B, C, D, E } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('all', () => [new A().run(), new B().run(), new C().run(), new E().run(), E.s()]);
  record.value('D', new D());
}
