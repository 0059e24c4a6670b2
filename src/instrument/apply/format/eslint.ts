import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { asksFor, nearestWith, type Formatted, type Formatter, type FormatRequest } from './formatter.js';

interface LintResult {
  readonly output?: string;
  readonly fatalErrorCount?: number;
}

/** What is used of eslint 8 and 9 and newer. */
interface Linter {
  isPathIgnored(path: string): Promise<boolean>;
  lintText(text: string, options: { readonly filePath: string }): Promise<readonly LintResult[]>;
}

type LinterClass = new (options: object) => Linter;

const configurations = [
  ...['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((extension) => `eslint.config.${extension}`),
  ...['.js', '.cjs', '.yaml', '.yml', '.json', ''].map((extension) => `.eslintrc${extension}`),
];

/**
 * The project's own eslint, for projects that lay out their code by its rules and have no formatter. Only rules about layout mend
 * anything: others could change what the code does.
 */
export async function eslintFor(path: string): Promise<Formatter | undefined> {
  const configuration = nearestWith(path, configurations);
  if (configuration === undefined || !asksFor(path, 'eslint')) return undefined;
  const linter = await load(path, dirname(configuration));
  if (linter === undefined) return undefined;
  return {
    name: 'eslint',
    key: configuration,
    async format(requests) {
      const formatted: Formatted[] = [];
      for (const request of requests) formatted.push(await formatOne(linter, request));
      return formatted;
    },
  };
}

async function load(path: string, cwd: string): Promise<Linter | undefined> {
  try {
    const entry = createRequire(path).resolve('eslint');
    const loaded = (await import(pathToFileURL(entry).href)) as {
      readonly ESLint?: LinterClass;
      readonly default?: { readonly ESLint?: LinterClass };
    };
    const ESLint = loaded.ESLint ?? loaded.default?.ESLint;
    return ESLint === undefined ? undefined : new ESLint({ cwd, fix: true, fixTypes: ['layout'] });
  } catch {
    return undefined;
  }
}

async function formatOne(linter: Linter, { path, text }: FormatRequest): Promise<Formatted> {
  try {
    if (await linter.isPathIgnored(path)) return { kind: 'ignored' };
    const [result] = await linter.lintText(text, { filePath: path });
    if (result === undefined || (result.fatalErrorCount ?? 0) > 0) return { kind: 'failed' };
    return { kind: 'text', text: result.output ?? text };
  } catch {
    return { kind: 'failed' };
  }
}
