import type { Recorder } from '../recorder.js';
import { Point } from './input.js';

type Made = { x: number; double(): number };
const Made = Point as unknown as new (x: number) => Made;

export default async function behaviour(record: Recorder): Promise<void> {
  const made = new Made(3);
  record.value('made', { ...made });
  record.value('its prototype', Object.getPrototypeOf(made) === Point.prototype);
  record.value('instance of', made instanceof (Point as unknown as new () => object));
  await record('a method', () => made.double());
  await record('called', () => Point.call(undefined, 4));
  class Derived extends Made {
    y = 1;
  }
  const derived = new Derived(5);
  record.value('derived', { ...derived });
  record.value('derived is both', [derived instanceof Derived, derived instanceof Made]);
  record.value('its constructor', made.constructor === Point);
}
