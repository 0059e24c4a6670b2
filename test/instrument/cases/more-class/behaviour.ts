import type { Recorder } from '../recorder.js';
import { Store } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const store = Store.of('main');
  await record('add', () => store.add(2));
  await record('size', () => {
    store.size = -1;
  });
  await record('steps', () => [...store.steps()]);
  await record('pages', async () => {
    const pages: number[] = [];
    for await (const page of store.pages()) pages.push(page);
    return pages;
  });
  await record('twice', () => store.twice());
  record.property('size', Store.prototype, 'size');
}
