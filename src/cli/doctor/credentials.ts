import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Credentials } from '../../inspect/doctor/credentials.js';
import type { Stack } from '../../model/stack.js';
import { certificateFiles, certificatesPath } from '../../stack/certificates.js';
import { stackPaths } from '../../stack/paths.js';
import { grafanaSecrets } from '../../stack/secrets.js';
import type { StackDoctorArguments } from './options.js';
import { UsageError } from '../usage-error.js';

/** @throws UsageError; it names the file, and says nothing of what is in it */
function read(option: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`the file of --${option} cannot be read: ${path}: ${code ?? message}`);
  }
}

/** A token or password: one line. */
function secret(option: string, path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const text = read(option, path).toString('utf8').trim();
  if (text === '' || /\p{Cc}/u.test(text))
    throw new UsageError(`the file of --${option} does not hold one line: ${path}`);
  return text;
}

function ifThere(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}

/**
 * What is shown to the parts: what the options name, else what `stack up` has made for whoever asks.
 * @param out the directory that was built to
 * @throws UsageError
 */
export function credentialsOf(
  args: StackDoctorArguments,
  stack: Stack | undefined,
  out: string,
): Credentials {
  const client = join(out, certificatesPath, 'client');
  const made = (file: string): string | undefined =>
    stack?.access.tls === true && args.cert === undefined ? ifThere(join(client, file)) : undefined;
  const pem = (option: 'cert' | 'key' | 'ca', file: string): Buffer | undefined => {
    const path = args[option] ?? made(file);
    return path === undefined ? undefined : read(option, path);
  };
  return {
    token: secret('token-file', args['token-file']),
    serviceToken: secret('service-token-file', args['service-token-file']),
    grafanaPassword: secret(
      'grafana-password-file',
      args['grafana-password-file'] ?? ifThere(join(out, stackPaths.secrets, grafanaSecrets.adminPassword)),
    ),
    certificate: pem('cert', certificateFiles.certificate),
    key: pem('key', certificateFiles.key),
    authority: pem('ca', certificateFiles.authority),
    tenant: args.tenant ?? stack?.access.tenant,
  };
}
