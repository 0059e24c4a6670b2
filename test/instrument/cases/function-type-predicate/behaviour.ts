import type { Recorder } from '../recorder.js';
import { isText, lengthOf } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('text', () => isText('a'));
  await record('number', () => isText(1));
  await record('narrowed', () => lengthOf('abc'));
}
