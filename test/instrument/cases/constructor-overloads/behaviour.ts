import type { Recorder } from '../recorder.js';
import { Point } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('number', () => new Point(1));
  await record('text', () => new Point('2'));
  const scaled: Point = new Point(2).scale(3);
  const text: string = new Point(2).scale('px');
  record.value('scaled', [scaled.x, text]);
}
