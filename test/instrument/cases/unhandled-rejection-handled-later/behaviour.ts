import type { Recorder } from '../recorder.js';
import { crash, fine } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const late = crash();
  await record.settle();
  await record('late', () => late);
  await record.settle();
  const handled = fine().catch((error: unknown) => String(error));
  await record.settle();
  await record('handled', () => handled);
  const { status } = (await Promise.allSettled([fine()]))[0];
  record.value('settled', status);
}
