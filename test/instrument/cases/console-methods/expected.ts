import { logger } from './generated/instrument.js';

export function tell(name: string): void {
  logger.log('hello %s', name, { name });
  logger.info(`info ${name}`);
  logger.warn();
  logger.error('failed', new Error(name).message);
  logger.debug?.('debug');
  logger?.log('optional');
  logger['warn']('by a literal');
  if (name === 'never') logger.trace('trace');
  console.table?.([]);
  ['a'].forEach(console.log);
  const write = console.error;
  write('a value');
}

export const later = (): Promise<void> =>
  Promise.reject(new Error('rejected')).catch((error: unknown) =>
    logger.error(
      'caught',
      // The message is enough.
      (error as Error).message,
    ),
  );
