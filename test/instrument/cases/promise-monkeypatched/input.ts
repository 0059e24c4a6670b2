export const calls: string[] = [];

export function watched(): Promise<string> {
  const promise = Promise.resolve('value');
  const original = promise.then.bind(promise);
  promise.then = ((...args: Parameters<typeof original>) => {
    calls.push('then');
    return original(...args);
  }) as typeof promise.then;
  return promise;
}
