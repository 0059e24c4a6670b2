import type { Recorder } from '../recorder.js';
import { describe, who } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.shape('describe', describe);
  await record('call', () => describe.call({ name: 'a' }, '!'));
  await record('bind', () => describe.bind({ name: 'b' })('?'));
  await record('apply', () => describe.apply({ name: 'c' }, ['.']));
  record.value('undefined', who.call(undefined));
  record.value('null', who.call(null));
  record.value('number', who.call(5));
  const self = {};
  record.value('the same', who.call(self) === self);
}
