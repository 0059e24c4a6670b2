import type { Recorder } from '../recorder.js';
import { Hooks } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const hooks = new Hooks();
  await record('run', () => hooks.run('a'));
  const log: string[] = [];
  hooks.onStart = (name) => log.push(`start ${name}`);
  await record('with a hook', () => hooks.run('b'));
  record.value('log', log);
}
