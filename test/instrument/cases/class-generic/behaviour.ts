import type { Recorder } from '../recorder.js';
import { Store } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const store: Store<'a' | 'b', number> = new Store<'a' | 'b', number>().set('a', 1);
  await record('get', () => store.get('a', undefined));
  await record('fallback', () => store.get('b', 5));
  await record('map', () => store.map((value) => `${value}`).get('a', undefined));
  await record('is', () => store.is(1));
  await record('assert', () => store.assertFull());
  const empty: Store<'a'> = new Store();
  await record('assert fails', () => empty.assertFull());
}
