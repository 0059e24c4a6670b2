import type { Recorder } from '../recorder.js';
import { log, steps } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.shape('steps', steps);
  const run = steps(2);
  record.value('nothing has run', log);
  record.value('first', run.next());
  record.value('second', run.next('more'));
  record.value('last', run.next());
  record.value('after', run.next());
  record.value('log', log);
  record.value('spread', [...steps(3)]);
  record.value('tag', Object.prototype.toString.call(steps(1)));
  record.value('is its own iterator', run[Symbol.iterator]() === run);
  record.value('its prototype', Object.getPrototypeOf(run) === steps.prototype);
  record.value('instance of', run instanceof (steps as unknown as new () => object));
  await record('no constructor', () => Reflect.construct(steps, [1]) as unknown);
}
