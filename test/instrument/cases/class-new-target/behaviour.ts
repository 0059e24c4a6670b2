import type { Recorder } from '../recorder.js';
import { Circle, Shape } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('abstract', () => new Shape());
  await record('circle', () => new Circle());
  await record('reflected', () => Reflect.construct(Shape, [], Circle) as unknown);
}
