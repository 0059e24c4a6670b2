import type { Recorder } from '../recorder.js';
import main, * as input from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('run', () => input.run('a'));
  await record('default', () => main());
  await record('arrow', () => input.arrow());
  await record('agent', () => new input.Agent().run());
  record.value('one identity', input.default === main);
  record.shape('prepare', input.prepare);
}
