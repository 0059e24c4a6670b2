import type { Argv } from 'yargs';
import { UsageError } from './usage-error.js';

/** How diagnostics are printed. */
export const formats = ['pretty', 'json', 'github', 'sarif'] as const;
export type Format = (typeof formats)[number];
const defaultFormat: Format = 'pretty';

/** Options of any command that are on or off. */
export const switches: readonly string[] = [
  'strict',
  'quiet',
  'verbose',
  'check',
  'dry-run',
  'watch',
  'mutants',
  'sample',
  'open',
  'remove',
  'renames',
  'adopt',
  'interactive',
  'allow-dirty',
  'no-cache',
  'write-rules',
  'once',
  'native',
  'detach',
  'build',
  'volumes',
  'yes',
  'follow',
  'read-only',
  'seen-only',
  'fix',
  'stdio',
  'write-baseline',
];

/** Options of every command that reads the spec and reports. A switch that is not given is absent, so that help shows no defaults. */
export interface ReportArguments {
  readonly spec: string;
  readonly format: Format;
  readonly strict: boolean | undefined;
  readonly quiet: boolean | undefined;
}

/** Refuses an option that is given twice or empty: which of the two was meant, nobody can know. */
export function single(name: string): (args: Readonly<Record<string, unknown>>) => boolean {
  return (args) => {
    if (Array.isArray(args[name]))
      throw new UsageError(`--${name} is given more than once`, ['leave out all but one']);
    if (args[name] === '') throw new UsageError(`--${name} needs a value`, [`write --${name} VALUE`]);
    return true;
  };
}

/** Refuses an option without a value that may be given several times. */
export function several(name: string): (args: Readonly<Record<string, unknown>>) => boolean {
  return (args) => {
    if ([args[name]].flat().includes(''))
      throw new UsageError(`--${name} needs a value`, [`write --${name} VALUE`]);
    return true;
  };
}

/**
 * Adds `--spec`.
 * @param often whether it may be given several times: it is a list then, whatever the type says
 */
export function specOption<T>(yargs: Argv<T>, often = false): Argv<T & Pick<ReportArguments, 'spec'>> {
  return yargs
    .option('spec', {
      type: 'string',
      requiresArg: true,
      default: './observability.yaml',
      describe: often
        ? "The spec to read; several, or a pattern in quotes ('services/*/observability.yaml')"
        : 'The spec to read',
    })
    .check(often ? several('spec') : single('spec'), false);
}

/** Adds `--spec`, `--format`, `--strict` and `--quiet`. */
export function reportOptions<T>(yargs: Argv<T>, oftenSpec = false): Argv<T & ReportArguments> {
  return specOption(yargs, oftenSpec)
    .option('format', {
      choices: formats,
      requiresArg: true,
      default: defaultFormat,
      describe: 'How to print diagnostics: pretty on standard error, the others on standard output',
    })
    .option('strict', { type: 'boolean', describe: 'Treat warnings as errors' })
    .option('quiet', { type: 'boolean', describe: 'Print nothing but diagnostics' })
    .check(single('format'), false);
}

/** Adds `--out`. */
export function outOption<T>(
  yargs: Argv<T>,
  describe = 'The directory to write to',
): Argv<T & { readonly out: string }> {
  return yargs
    .option('out', {
      type: 'string',
      requiresArg: true,
      default: 'generated',
      describe,
    })
    .check(single('out'), false);
}

/** Adds `--baseline`. */
export function baselineOption<T>(yargs: Argv<T>): Argv<T & { readonly baseline: string | undefined }> {
  return yargs
    .option('baseline', {
      type: 'string',
      requiresArg: true,
      describe: 'Findings that are accepted; .obs-gen-baseline.json beside the spec where there is one',
    })
    .check(single('baseline'), false);
}
