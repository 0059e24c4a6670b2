import type { Recorder } from '../recorder.js';
import { Bare, Counted, Plain } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('plain', () => new Plain().run('a'));
  await record('counted', () => new Counted().run('b'));
  await record('bare', () => Bare.run('c'));
}
