import type { Recorder } from '../recorder.js';
import { Derived, Search, Stranger } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('search', () => new Search().execute('a'));
  await record('stranger', () => new Stranger().execute('b'));
  await record('derived', () => new Derived().run());
}
