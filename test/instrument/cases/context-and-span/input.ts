import { EventEmitter } from 'node:events';

const emitter = new EventEmitter();
const handle = (work: (text: string) => string): string => work('handled');

export async function start(): Promise<string[]> {
  const seen: string[] = [];
  setTimeout(async () => {
    seen.push('timeout');
  }, 1);
  emitter.on('x', (text: string): void => {
    seen.push(text);
  });
  seen.push(handle((text) => text.toUpperCase()));
  emitter.emit('x', 'emitted');
  await new Promise<void>((resolve): void => {
    setTimeout(resolve, 10);
  });
  return seen;
}
