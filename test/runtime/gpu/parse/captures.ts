import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What programs printed on real machines. They are no part of the project: tests that read them are skipped where they are not there. */
const folder = fileURLToPath(new URL('../../../../../shared/fixtures/gpu', import.meta.url));

export const areThere = existsSync(folder);

export function capture(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

/** Names of the captures of a folder that end so. */
export function capturesOf(under: string, ending: string): readonly string[] {
  return areThere ? readdirSync(join(folder, under)).filter((name) => name.endsWith(ending)) : [];
}

/** How a program ended, as the files under `errors` say it. */
export interface ErrorCapture {
  readonly exitCode: number | null;
  readonly signal?: string;
  readonly spawnError?: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly hangMs?: number;
  readonly fields?: string;
  readonly tokens?: readonly string[];
  readonly sentinels?: readonly string[];
}

export function errorCapture(name: string): ErrorCapture {
  return JSON.parse(capture(`errors/${name}.json`)) as ErrorCapture;
}
