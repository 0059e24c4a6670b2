import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A text that is to be formatted as the file at a path. */
export interface FormatRequest {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
}

/** What came of a text: `ignored` where the project has the file left alone, `failed` where the formatter refuses it. */
export type Formatted =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'ignored' | 'failed' };

/** A formatter that a project uses, with the project's own settings. */
export interface Formatter {
  readonly name: 'prettier' | 'biome' | 'eslint';
  /** Equal for two that do the same: their files are formatted together. */
  readonly key: string;
  /** Formats texts, in their order. Never throws for what a text holds. */
  format(requests: readonly FormatRequest[]): Promise<readonly Formatted[]>;
}

/** The folders from that of a file up to the root of the file system, the nearest first. */
export function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    folders.push(folder);
    if (dirname(folder) === folder) return folders;
  }
}

/** The nearest folder at or above that of a file that has one of these names; up to the folder with `.git`. */
export function nearestWith(path: string, names: readonly string[]): string | undefined {
  for (const folder of foldersAbove(path)) {
    const found = names.find((name) => existsSync(join(folder, name)));
    if (found !== undefined) return join(folder, found);
    if (existsSync(join(folder, '.git'))) return undefined;
  }
  return undefined;
}

/** Whether a `package.json` at or above a file's folder asks for a package by name. */
export function asksFor(path: string, name: string): boolean {
  return foldersAbove(path).some((folder) => {
    const manifest = packageJson(join(folder, 'package.json'));
    return ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].some((kind) => {
      const asked = manifest[kind];
      return typeof asked === 'object' && asked !== null && Object.hasOwn(asked, name);
    });
  });
}

function packageJson(path: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
