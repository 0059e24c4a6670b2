import type { Recorder } from '../recorder.js';
import { fetchPage, use } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('page', () => use('http://a'));
  await record('none', () => use('a'));
  await record('aborted', () => fetchPage('http://a', AbortSignal.abort()));
}
