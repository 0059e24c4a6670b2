import type { Recorder } from '../recorder.js';
import { NotFound, Queue, Stack } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('throws', () => {
    throw new NotFound('a');
  });
  record.value('text', String(new NotFound('b')));
  const stack = Stack.from([1, 2]) as Stack<number>;
  record.value('peek', stack.peek());
  record.value('species', stack.map((item) => item) instanceof Stack);
  record.value('queue', new Queue([['a', 1]]));
}
