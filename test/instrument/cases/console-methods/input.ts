export function tell(name: string): void {
  console.log('hello %s', name, { name });
  console.info(`info ${name}`);
  console.warn();
  console.error('failed', new Error(name).message);
  console.debug?.('debug');
  console?.log('optional');
  console['warn']('by a literal');
  if (name === 'never') console.trace('trace');
  console.table?.([]);
  ['a'].forEach(console.log);
  const write = console.error;
  write('a value');
}

export const later = (): Promise<void> =>
  Promise.reject(new Error('rejected')).catch((error: unknown) =>
    console.error(
      'caught',
      // The message is enough.
      (error as Error).message,
    ),
  );
