export class Task<T> extends Promise<T> {
  label = 'task';
  static get [Symbol.species](): PromiseConstructor {
    return Promise;
  }
}

export function start(): Task<number> {
  return new Task((resolve) => resolve(1));
}

export function fail(): Task<number> {
  return new Task((_, reject) => reject(new Error('failed')));
}
