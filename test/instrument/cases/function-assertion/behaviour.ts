import type { Recorder } from '../recorder.js';
import { assert, assertText, shout } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.shape('assertText', assertText);
  record.shape('assert', assert);
  await record('shouts', () => shout('a'));
  await record('does not shout', () => shout(1));
  await record('nor this', () => shout(''));
}
