import type { Recorder } from '../recorder.js';
import { LoudAgent, shown, SilentAgent } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('loud', () => new LoudAgent().run());
  await record('silent', () => new SilentAgent().run());
  await record('plain', () => new SilentAgent().plain());
  await record('shown', () => shown());
}
