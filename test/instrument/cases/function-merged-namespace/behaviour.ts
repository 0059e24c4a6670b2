import type { Recorder } from '../recorder.js';
import { parse } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('parse', () => parse('a,b'));
  await record('strict', () => parse.strict('a,,b'));
  record.value('separator', parse.separator);
  record.shape('parse', parse);
}
