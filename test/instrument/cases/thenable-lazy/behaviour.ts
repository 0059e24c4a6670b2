import type { Recorder } from '../recorder.js';
import { log, Query, select, selectFrom } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const query = selectFrom('users');
  await record.settle();
  record.value('nothing has run', log);
  record.value('rows', await query);
  record.value('ran once', log);
  record.value('a query', select() instanceof Query);
}
