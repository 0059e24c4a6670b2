export const log: string[] = [];

export function* guarded(): Generator<string, string> {
  try {
    yield 'one';
    yield 'two';
  } catch (error) {
    log.push(`caught ${String(error)}`);
    yield 'after error';
  } finally {
    log.push('closed');
  }
  return 'end';
}

export function* stubborn(): Generator<number> {
  try {
    yield 1;
  } finally {
    yield 2;
  }
}

export function* failing(): Generator<number> {
  yield 1;
  throw new Error('in the middle');
}
