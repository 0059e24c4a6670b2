const shared = Promise.resolve('shared');

export function load(): Promise<string> {
  return shared;
}

export async function loadFresh(): Promise<string> {
  return shared;
}

export function withMember(): Promise<string> & { cancel(): string } {
  return Object.assign(Promise.resolve('value'), { cancel: () => 'cancelled' });
}
