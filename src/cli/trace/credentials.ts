import { readFileSync } from 'node:fs';
import type { Credentials } from '../../inspect/doctor/credentials.js';
import type { TraceArguments } from './options.js';
import { UsageError } from '../usage-error.js';

/** The environment variable with a bearer token for the store, where no file is named. */
export const tokenVariable = 'OBSGEN_TRACE_TOKEN';

/**
 * What is shown to the trace store.
 * @throws UsageError; it names the file, and says nothing of what is in it
 */
export function storeCredentials(
  args: Pick<TraceArguments, 'token-file' | 'cert' | 'key' | 'ca' | 'tenant'>,
  env: NodeJS.ProcessEnv,
): Credentials {
  const file = (option: 'token-file' | 'cert' | 'key' | 'ca'): Buffer | undefined => {
    const path = args[option];
    if (path === undefined) return undefined;
    try {
      return readFileSync(path);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new UsageError(`the file of --${option} cannot be read: ${path}: ${code ?? message}`);
    }
  };
  const token = (file('token-file')?.toString('utf8') ?? env[tokenVariable] ?? '').trim();
  if (/\p{Cc}/u.test(token)) throw new UsageError('the token for the store is more than one line');
  return {
    token: token === '' ? undefined : token,
    certificate: file('cert'),
    key: file('key'),
    authority: file('ca'),
    tenant: args.tenant,
  };
}
