import type { Recorder } from '../recorder.js';
import { anonymous, later, named, stream, values } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  for (const [name, value] of Object.entries({ anonymous, later, named, stream, values })) record.shape(name, value);
  await record('anonymous', () => anonymous('a'));
  await record('named', () => named(3));
  await record('later', () => later.call({ name: 'a' }));
  await record('no one', () => later.call(undefined));
  record.value('values', [...values()]);
  await record('stream', () => stream().next());
}
