import type { Recorder } from '../recorder.js';
import { Agent, Empty } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('made', () => new Agent('a'));
  await record('loud', () => new Agent('a', { loud: true }));
  await record('throws', () => new Agent(''));
  record.value('empty', new Empty());
  record.shape('Agent', Agent);
  await record('without new', () => (Agent as unknown as (name: string) => unknown)('a'));
}
