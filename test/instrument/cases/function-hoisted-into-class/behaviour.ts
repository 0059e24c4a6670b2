import type { Recorder } from '../recorder.js';
import { Agent, table } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('static', Agent.order);
  await record('field', () => new Agent().run('a'));
  record.value('one identity', table.get('decorated') === new Agent().run);
}
