import type { Recorder } from '../recorder.js';
import { Loud, Silent } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('silent', () => {
    new Silent().run();
  });
  await record('loud', () => {
    new Loud().run({ title: 'a title' });
  });
}
