import type { Recorder } from '../recorder.js';
import { Pages } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const pages = new Pages(2);
  record.value('spread', [...pages]);
  const texts: string[] = [];
  for await (const text of pages) texts.push(text);
  record.value('texts', texts);
  record.value('entries', [...pages.entries()].map(([page, self]) => [page, self === pages]));
  const numbers: number[] = [];
  for await (const number of Pages.all()) numbers.push(number);
  record.value('numbers', numbers);
  record.property('iterator', Pages.prototype, Symbol.iterator);
  record.shape('asyncIterator', pages[Symbol.asyncIterator]);
}
