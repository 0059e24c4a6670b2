import type { Recorder } from '../recorder.js';
import { Odd, symbol } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const odd = new Odd() as unknown as Record<PropertyKey, () => string>;
  for (const name of Reflect.ownKeys(Odd.prototype)) {
    if (name === 'constructor') continue;
    await record(String(name), () => odd[name]?.());
    record.shape(String(name), odd[name]);
  }
  record.value('symbol', odd[symbol]?.());
}
