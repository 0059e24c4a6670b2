import type { Recorder } from '../recorder.js';
import { Item, List } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('item', () => JSON.stringify(Item({ text: 'a' })));
  await record('list', () => JSON.stringify(List({ items: ['a', 'b'] })));
}
