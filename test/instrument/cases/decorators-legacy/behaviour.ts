import type { Recorder } from '../recorder.js';
import { log, Service } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('at load', [...log]);
  await record('run', () => new Service('a').run('b'));
  await record('make', () => Service.make().then((service) => service.run('c')));
  record.value('log', log);
}
