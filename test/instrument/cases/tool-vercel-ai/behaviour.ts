import type { Recorder } from '../recorder.js';
import { tools } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const options = { toolCallId: '1' };
  await record('weather', () => tools.weather.execute?.({ city: 'a' }, options));
  await record('time', () => tools.time.execute?.({ city: 'b' }, options));
  await record('failing', () => tools.failing.execute?.({ city: 'c' }, options));
  const degrees: number | undefined = (await tools.weather.execute?.({ city: 'a' }, options))?.degrees;
  record.value('degrees', degrees);
}
