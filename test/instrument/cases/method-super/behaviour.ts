import type { Recorder } from '../recorder.js';
import { Base, Derived } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('derived', () => new Derived().run('a'));
  await record('base', () => Base.prototype.run.call(new Derived(), 'b'));
  record.value('own', Object.hasOwn(Derived.prototype, 'run'));
}
