import type { Recorder } from '../recorder.js';
import Page, { Item, List } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('item', () => JSON.stringify(Item({ text: 'a' })));
  await record('list', () => JSON.stringify(List({ items: ['a'] })));
  await record('empty', () => JSON.stringify(List({ items: [] })));
  await record('page', async () => JSON.stringify(await Page()));
}
