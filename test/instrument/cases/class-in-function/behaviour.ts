import type { Recorder } from '../recorder.js';
import { factories, make } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('make', () => [make('x').run('1'), make('y').run('2')]);
  record.value('letters', factories.map((factory) => factory.letter()));
}
