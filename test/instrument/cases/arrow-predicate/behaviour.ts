import type { Recorder } from '../recorder.js';
import { inferred, isNumber, isText, numbers, texts } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('filtered', [texts, numbers, inferred]);
  await record('text', () => isText(''));
  await record('number', () => isNumber(''));
}
