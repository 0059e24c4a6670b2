import type { Recorder } from '../recorder.js';
import { Agent, classes, inline, mixin, Named } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('anonymous', () => new Agent().run());
  await record('named', () => [new Named().run(), Named.make().run()]);
  record.value('names', [Agent.name, Named.name, classes[0]?.name]);
  for (const Each of classes) await record('array', () => new Each().run());
  class Base {
    base = 1;
  }
  const Mixed = mixin(Base);
  await record('mixed', () => new Mixed().mixed());
  record.value('mixin', [Mixed.name, new Mixed() instanceof Base]);
  await record('inline', () => inline.run());
}
