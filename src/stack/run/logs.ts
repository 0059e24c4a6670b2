import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Bytes from the end of a file in which its last lines are looked for. */
const largestTail = 256 * 1024;
/** Milliseconds between two looks at a file that is followed. */
const pause = 200;

function readFrom(descriptor: number, start: number, end: number): string {
  const bytes = Buffer.alloc(Math.max(0, end - start));
  const count = readSync(descriptor, bytes, 0, bytes.length, start);
  return bytes.toString('utf8', 0, count);
}

function sizeOf(descriptor: number): number {
  return fstatSync(descriptor).size;
}

/** Opens a file for one look; undefined where it is not there. */
function look<T>(path: string, use: (descriptor: number) => T): T | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The last lines of a file; none where it is not there. */
export function logTail(path: string, count: number): readonly string[] {
  const text = look(path, (descriptor) => {
    const size = sizeOf(descriptor);
    return readFrom(descriptor, Math.max(0, size - largestTail), size);
  });
  const lines = (text ?? '').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return count === 0 ? [] : lines.slice(-count);
}

/** Tells each line that is appended to a file, until the signal. A file that is begun anew is read from its start. */
export async function followLog(
  path: string,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let at = look(path, sizeOf) ?? 0;
  let rest = '';
  while (!signal.aborted) {
    look(path, (descriptor) => {
      const size = sizeOf(descriptor);
      if (size < at) [at, rest] = [0, ''];
      const lines = (rest + readFrom(descriptor, at, size)).split('\n');
      at = size;
      rest = lines.pop() ?? '';
      lines.forEach(onLine);
    });
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}
