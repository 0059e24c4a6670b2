import type { Recorder } from '../recorder';
import run = require('./input');

export default async function behaviour(record: Recorder): Promise<void> {
  await record('run', () => run('/a/b'));
  record.value('version', run.version);
  record.shape('run', run);
}
