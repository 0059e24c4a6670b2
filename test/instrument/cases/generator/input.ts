export const log: string[] = [];

export function* steps(to: number): Generator<number, string, string | undefined> {
  log.push('started');
  for (let step = 1; step <= to; step += 1) {
    const told = yield step;
    if (told !== undefined) log.push(`told ${told}`);
  }
  log.push('finished');
  return 'done';
}
