import type { Recorder } from '../recorder.js';
import { code, division, made, regular, tagged } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('code', code);
  record.value('regular', regular.test('function a() {'));
  await record('division', () => division(8, 2));
  record.value('made', made);
  await record('tagged', () => tagged`${1}`);
}
