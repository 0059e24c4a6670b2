import type { Recorder } from '../recorder.js';
import { server } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  for (const [name, handler] of server.handlers) {
    await record(name, () => handler({ query: 'a', loud: true } as never, { requestId: 1 }));
  }
}
