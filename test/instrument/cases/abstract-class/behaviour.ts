import type { Recorder } from '../recorder.js';
import { Search } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('run', () => new Search().run('a'));
  record.value('level', new Search().level);
}
