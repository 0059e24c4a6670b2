import type { Recorder } from '../recorder.js';
import { emoji, größe, ünicode, Ω } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('size', () => größe(emoji));
  await record('naive', () => ünicode.naïve('a'));
  await record('class', () => new Ω().λ());
}
