import type { Recorder } from '../recorder.js';
import { Box } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const box = new Box(1);
  record.value('value', box.value);
  box.value = 4;
  record.value('value after', box.value);
  await record('throws', () => (box.value = -1));
  record.value('double', box.double);
  box.only = '7';
  record.value('only', box.value);
  record.value('reads', box.reads);
  for (const name of ['value', 'double', 'only']) record.property(name, Box.prototype, name);
  await record('no setter', () => ((box as { double: number }).double = 1));
  record.value('an assignment is its value', (box.value = 3));
}
