import type { Recorder } from '../recorder.js';
import { list, weather } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('weather', () => weather.execute({ city: 'Rome' }));
  await record('fails', () => weather.execute({ city: '' }));
  await record('items', () => list.items(2));
}
