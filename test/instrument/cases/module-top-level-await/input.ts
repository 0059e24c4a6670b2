export const loaded = await load();

export async function load(): Promise<string> {
  await null;
  return 'loaded';
}

export const dynamic = await import('./other.js').then(({ other }) => other());
