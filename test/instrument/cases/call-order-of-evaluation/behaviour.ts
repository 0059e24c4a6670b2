import type { Recorder } from '../recorder.js';
import { changed, log, missing, narrowed, sent } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('sent', sent);
  record.value('order', [...log]);
  try {
    missing();
  } catch (error) {
    record.value('a function that is not there', error instanceof TypeError);
  }
  record.value('arguments come first', log.slice(-1));
  await record('changed', () => changed());
  await record('narrowed', () => narrowed({ send: () => 'narrowed' }));
}
