import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stackPaths } from '../paths.js';
import { secretModes, type Secret } from '../secrets.js';
import { StackFault } from './stack-fault.js';

/** Bytes of a secret that is made up: 256 bits. */
const strength = 32;

/** Makes the folder of the secrets, shut to everybody else. */
export function makeSecretsFolder(out: string): void {
  const folder = join(out, stackPaths.secrets);
  mkdirSync(folder, { recursive: true, mode: secretModes.folder });
  // It may have been made by hand, to put a secret into it.
  chmodSync(folder, secretModes.folder);
}

/**
 * Makes those secrets that can be made up and are not there yet. What is there is never replaced.
 * @returns the paths of those that were made
 * @throws the system's error
 */
export function makeSecrets(secrets: readonly Secret[], out: string): readonly string[] {
  makeSecretsFolder(out);
  return secrets.flatMap(({ kind, path }) => {
    const file = join(out, path);
    if (kind !== 'generated' || existsSync(file)) return [];
    mkdirSync(dirname(file), { recursive: true, mode: secretModes.folder });
    // Without a line end: programs take the file as it is.
    writeFileSync(file, randomBytes(strength).toString('base64url'), { flag: 'wx', mode: secretModes.file });
    // The umask may have taken away what the container's user needs.
    chmodSync(file, secretModes.file);
    return [path];
  });
}

/**
 * Makes sure that the secrets are there that nobody can make up.
 * @throws StackFault with what is to be put where
 */
export function requireGivenSecrets(secrets: readonly Secret[], out: string): void {
  const missing = secrets.filter(({ kind, path }) => kind === 'given' && !existsSync(join(out, path)));
  if (missing.length === 0) return;
  const count = missing.length === 1 ? 'a secret is missing' : `${missing.length} secrets are missing`;
  throw new StackFault(`${count} that only you have`, [
    ...missing.map(({ path, why }) => `${join(out, path)}: ${why}`),
    '',
    'write each into its file, without a line end: printf %s "$SECRET" > FILE',
  ]);
}
