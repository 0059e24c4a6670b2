import type { Recorder } from '../recorder.js';
import { load, loadFresh, withMember } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('the same promise', load() === load());
  record.value('a fresh promise', loadFresh() === loadFresh());
  record.value('cancel', withMember().cancel());
  await record('load', () => load());
  await record('member', () => withMember());
  record.value('plain promises', Object.getPrototypeOf(loadFresh()) === Promise.prototype);
}
