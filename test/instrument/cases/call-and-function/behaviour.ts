import type { Recorder } from '../recorder.js';
import { Agent, inArgument, inBody, last } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('body', () => inBody());
  record.value('argument', inArgument);
  await record('agent', () => [new Agent().field(), new Agent().run(), Agent.made]);
  await record('last', () => last());
}
