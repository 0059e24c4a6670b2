import type { Recorder } from '../recorder.js';
import { other, weather } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('weather', () => weather.invoke({ city: 'a' }));
  await record('other', () => other.invoke({ city: 'b' }));
}
