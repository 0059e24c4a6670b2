import type { Recorder } from '../recorder.js';
import { crash, crashLater } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  void crash();
  await record.settle();
  void crashLater();
  await record.settle();
  record.value('both are reported', 'above');
}
