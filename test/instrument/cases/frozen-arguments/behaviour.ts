import type { Recorder } from '../recorder.js';
import { api, frozen, read } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('read', () => read(Object.freeze({ items: Object.freeze([1]) })));
  await record('frozen', () => Object.isFrozen(frozen()));
  await record('run', () => api.run(2));
  record.value('api is frozen', Object.isFrozen(api));
  record.property('run', api, 'run');
}
