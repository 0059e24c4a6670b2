import type { Argv } from 'yargs';

/** How diagnostics are printed. */
export const formats = ['pretty', 'json', 'github', 'sarif'] as const;
export type Format = (typeof formats)[number];

/** Options of any command that are on or off. */
export const switches: readonly string[] = ['strict', 'quiet', 'check', 'dry-run', 'watch'];

/** Options of every command that reads the spec and reports. A switch that is not given is absent, so that help shows no defaults. */
export interface ReportArguments {
  readonly spec: string;
  readonly format: Format;
  readonly strict: boolean | undefined;
  readonly quiet: boolean | undefined;
}

/** Refuses an option that is given twice or empty: which of the two was meant, nobody can know. */
function single<T extends string>(name: string): (value: T | readonly T[]) => T {
  return (value) => {
    if (typeof value !== 'string') throw new Error(`--${name} is given more than once`);
    if (value === '') throw new Error(`--${name} needs a value`);
    return value;
  };
}

/** Adds `--spec`, `--format`, `--strict` and `--quiet`. */
export function reportOptions<T>(yargs: Argv<T>): Argv<T & ReportArguments> {
  return yargs
    .option('spec', {
      type: 'string',
      requiresArg: true,
      default: './observability.yaml',
      coerce: single('spec'),
      describe: 'The spec to read',
    })
    .option('format', {
      choices: formats,
      requiresArg: true,
      default: 'pretty',
      coerce: single<Format>('format'),
      describe: 'How to print diagnostics: pretty on standard error, the others on standard output',
    })
    .option('strict', { type: 'boolean', describe: 'Treat warnings as errors' })
    .option('quiet', { type: 'boolean', describe: 'Print nothing but diagnostics' });
}

/** Adds `--out`. */
export function outOption<T>(yargs: Argv<T>): Argv<T & { readonly out: string }> {
  return yargs.option('out', {
    type: 'string',
    requiresArg: true,
    default: 'generated',
    coerce: single('out'),
    describe: 'The directory to write to',
  });
}
