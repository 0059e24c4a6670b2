import type { Recorder } from '../recorder.js';
import { handle, list, table } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.shape('handle', handle);
  record.shape('table.a', table['a']);
  await record('handle', () => handle({ url: '/' }));
  await record('a', () => table['a']?.({ url: '/a' }));
  await record('b', () => table['b']?.({ url: '/b' }));
  await record('list', () => Promise.all(list.map((item) => item({ url: '/l' }))));
}
