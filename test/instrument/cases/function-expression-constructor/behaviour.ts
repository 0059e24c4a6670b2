import type { Recorder } from '../recorder.js';
import { Inherited, Queue } from './input.js';

type Made = { items: unknown[]; add(item: unknown): Made };
const of = (made: unknown): (new () => Made) => made as new () => Made;

export default function behaviour(record: Recorder): void {
  const queue = new (of(Queue))().add(1).add(2);
  record.value('items', queue.items);
  const inherited = new (of(Inherited))();
  record.value('inherited', [inherited.add(3).items, inherited instanceof of(Queue)]);
  record.value('constructor', inherited.constructor === Inherited);
  record.shape('Queue', Queue);
}
