import type { Recorder } from '../recorder.js';
import { Agent, options, run } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  // How often is read is the codemod's own doing, so that only results are compared; the spans tell the rest.
  await record('run', () => run(options()));
  await record('throws nothing', () => run(options('name')));
  await record('undefined', () => run(undefined));
  await record('null', () => run(null));
  await record('method', () => typeof new Agent().run());
}
