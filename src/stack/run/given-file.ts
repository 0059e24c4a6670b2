import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Secret } from '../secrets.js';

/** The file of this machine that stands for a secret: below the output directory as for containers, or where the spec says. */
export function fileOf({ path, readAs }: Secret, out: string): string | undefined {
  return [join(out, path), readAs].find((each) => each !== undefined && existsSync(each));
}

/** The same for a file as the spec writes it; as it is written where it is none of the secrets, or missing. */
export function givenFile(written: string, secrets: readonly Secret[], out: string): string {
  const name = `/${written.replace(/^(?:\.?\/)+/, '')}`;
  const secret = secrets.find(({ readAs }) => readAs === written || readAs?.endsWith(name) === true);
  return (secret && fileOf(secret, out)) ?? written;
}
