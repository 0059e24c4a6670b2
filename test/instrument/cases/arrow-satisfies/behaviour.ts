import type { Recorder } from '../recorder.js';
import { handlers, single, twice } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('twice', twice);
  await record('text', () => handlers.text(1));
  await record('single', () => single(1));
  record.value('names', [handlers.twice.name, single.name]);
}
