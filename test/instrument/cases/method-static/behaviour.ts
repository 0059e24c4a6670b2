import type { Recorder } from '../recorder.js';
import { Agent, Derived } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('instance of', Derived.create() instanceof Derived);
  Agent.create();
  await record('later', () => Agent.later());
  record.value('made', [Agent.made, Derived.made]);
  await record('instance', () => new Agent().create());
  record.property('create', Agent, 'create');
}
