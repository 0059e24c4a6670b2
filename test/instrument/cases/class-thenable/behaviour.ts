import type { Recorder } from '../recorder.js';
import { log, Query } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const query = new Query(['a']).where('x');
  await record.settle();
  record.value('lazy', log);
  record.value('rows', await query);
  record.value('json', JSON.stringify(new Query(['b'])));
  record.value('value', Number(new Query(['b', 'c'])));
  record.value('log', log);
}
