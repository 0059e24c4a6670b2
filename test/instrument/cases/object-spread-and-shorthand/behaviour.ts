import type { Recorder } from '../recorder.js';
import { api, first, one, two } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('keys', Object.keys(api));
  record.value('one identity', api.run === api.three);
  await record('all', () => [one(), two(), first()]);
  record.value('names', [api.run.name, api.two.name, first.name]);
}
