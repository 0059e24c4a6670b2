import type { Recorder } from '../recorder.js';
import { log, plugin } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('setup', () => plugin.setup(plugin.options));
  await record('transform', () => plugin.transform?.('a', 'b.ts'));
  await record('load', () => plugin.load.call({ emit: (text) => log.push(text) }, 'c'));
  record.value('log', log);
}
