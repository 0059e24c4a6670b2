import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { asksFor, foldersAbove, type Formatted, type Formatter, type FormatRequest } from './formatter.js';

/** What is used of prettier 2 and 3; version 2 answers some of it without a promise. */
interface Prettier {
  resolveConfigFile(path: string): Promise<string | null>;
  resolveConfig(path: string, options: object): Promise<object | null>;
  getFileInfo(
    path: string,
    options: object,
  ): Promise<{ readonly ignored: boolean; readonly inferredParser: string | null }>;
  format(text: string, options: object): string | Promise<string>;
}

/** The project's own prettier, where the project says that it uses it: by a configuration, or by asking for the package. */
export async function prettierFor(path: string): Promise<Formatter | undefined> {
  const loaded = await load(path);
  if (loaded === undefined) return undefined;
  const { prettier, entry } = loaded;
  if ((await prettier.resolveConfigFile(path)) === null && !asksFor(path, 'prettier')) return undefined;
  return {
    name: 'prettier',
    key: entry,
    async format(requests) {
      const formatted: Formatted[] = [];
      for (const request of requests) formatted.push(await formatOne(prettier, request));
      return formatted;
    },
  };
}

async function load(
  path: string,
): Promise<{ readonly prettier: Prettier; readonly entry: string } | undefined> {
  let entry: string;
  try {
    entry = createRequire(path).resolve('prettier');
  } catch {
    return undefined;
  }
  try {
    const loaded = (await import(pathToFileURL(entry).href)) as Partial<Prettier> & {
      readonly default?: Partial<Prettier>;
    };
    const prettier = loaded.format === undefined ? loaded.default : loaded;
    const isWhole = [
      prettier?.format,
      prettier?.resolveConfig,
      prettier?.getFileInfo,
      prettier?.resolveConfigFile,
    ].every((each) => typeof each === 'function');
    return isWhole ? { prettier: prettier as Prettier, entry } : undefined;
  } catch {
    return undefined;
  }
}

async function formatOne(prettier: Prettier, { path, text }: FormatRequest): Promise<Formatted> {
  try {
    if (await isIgnored(prettier, path)) return { kind: 'ignored' };
    const config = await prettier.resolveConfig(path, { editorconfig: true });
    // Line ends are the file's, whatever the settings say of them: what was not inserted stays as it is.
    const formatted = await prettier.format(text, { ...config, filepath: path, endOfLine: 'auto' });
    return { kind: 'text', text: formatted };
  } catch {
    return { kind: 'failed' };
  }
}

/** Whether the project has prettier leave the file alone, as its command line sees it from any folder above. */
async function isIgnored(prettier: Prettier, path: string): Promise<boolean> {
  for (const folder of foldersAbove(path)) {
    for (const name of ['.prettierignore', '.gitignore']) {
      const ignorePath = join(folder, name);
      if (!existsSync(ignorePath)) continue;
      const { ignored } = await prettier.getFileInfo(path, { ignorePath, resolveConfig: false });
      if (ignored) return true;
    }
    if (existsSync(join(folder, '.git'))) break;
  }
  const { inferredParser } = await prettier.getFileInfo(path, { resolveConfig: false });
  return inferredParser === null;
}
