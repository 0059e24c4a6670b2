import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the obs-gen package: templates, presets, the schema and the runtime's sources stand in it. */
export const packageRoot = fileURLToPath(new URL('..', import.meta.url));

/** The text of a file that ships with obs-gen; throws where the installation is damaged. */
export function packageFile(...path: readonly string[]): string {
  return readFileSync(join(packageRoot, ...path), 'utf8');
}

/** The version of this obs-gen, from package.json. */
export function packageVersion(): string {
  return (JSON.parse(packageFile('package.json')) as { version: string }).version;
}
