import type { Recorder } from '../recorder.js';
import { iterate, read, stream } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('read', () => read(stream(['a', 'b'])));
  record.value('iterate', [...iterate(2)]);
  record.value('a stream', stream([]).constructor.name);
}
