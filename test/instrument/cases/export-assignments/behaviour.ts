import type { Recorder } from '../recorder.js';
import helper, { api } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('one identity', [api.helper === helper, api.nested.helper === helper]);
  await record('helper', () => helper());
}
