import type { Recorder } from '../recorder.js';
import { choose, comma, double, load, nothing } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.shape('double', double);
  record.shape('load', load);
  await record('double', () => double(2));
  await record('load', () => load('a'));
  await record('nothing', () => nothing());
  await record('comma', () => comma(1));
  await record('choose', () => [choose(true)('a'), choose(false)('b')]);
  await record('no constructor', () => Reflect.construct(double, [1]) as unknown);
}
