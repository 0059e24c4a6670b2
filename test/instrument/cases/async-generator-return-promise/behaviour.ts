import type { Recorder } from '../recorder.js';
import { delegated, numbers } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const run = delegated();
  await record('a yielded promise is awaited', () => run.next());
  await record('a returned one as well', () => run.next());
  const other = numbers();
  await other.next();
  await record('return awaits', () => other.return(Promise.resolve(7)));
  await record('return of a rejection', () => numbers().return(Promise.reject(new Error('no'))));
}
