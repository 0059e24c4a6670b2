export const log: string[] = [];

function effect<T>(name: string, value: T): T {
  log.push(name);
  return value;
}

export function sum(left = effect('left', 1), right = effect('right', left + 1), third = () => left): number {
  left = 10;
  return left + right + third();
}

export async function failing(value = fail()): Promise<number> {
  return value;
}

export function failingPlain(value = fail()): Promise<number> {
  return Promise.resolve(value);
}

function fail(): number {
  throw new Error('no default');
}
