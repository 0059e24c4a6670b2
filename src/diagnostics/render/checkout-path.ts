import { posix } from 'node:path';

/** Where a program that reads a report looks files up: counted from the root of the repository, not from the working directory. */
export interface Checkout {
  /** The working directory's path from the root of the repository, with `/`. Default: the root. */
  readonly directory?: string | undefined;
}

/** A file's path from the root of the repository; an absolute one stays. */
export function checkoutPath(file: string, { directory = '' }: Checkout): string {
  return directory === '' || file.startsWith('/') ? file : posix.join(directory, file);
}
