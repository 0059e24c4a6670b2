import type { Recorder } from '../recorder.js';
import { action, actions, page } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('save', () => page().save('a'));
  await record('action', () => action('b'));
  await record('run', () => actions.run('c'));
}
