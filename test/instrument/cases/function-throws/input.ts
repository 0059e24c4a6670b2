export function parse(text: string): unknown {
  if (text === '') throw new TypeError('nothing to parse');
  return JSON.parse(text);
}

export function throwAnything(thrown: unknown): never {
  throw thrown;
}

export async function fail(): Promise<never> {
  throw Object.assign(new RangeError('too far'), { code: 'E_FAR' });
}

export function failLater(): Promise<never> {
  return Promise.reject(new Error('later'));
}
