export const log: string[] = [];

export function* from(start = (log.push('initialised'), 1), [second] = [start + 1]): Generator<number> {
  yield start;
  yield second ?? 0;
}
