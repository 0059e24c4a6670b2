import type { ReportArguments } from '../options.js';

/** What `obs-gen instrument` is asked for. */
export interface InstrumentArguments extends ReportArguments {
  readonly paths: readonly string[] | undefined;
  readonly out: string;
  readonly check: boolean | undefined;
  readonly 'dry-run': boolean | undefined;
  readonly remove: boolean | undefined;
  readonly renames: boolean | undefined;
  readonly adopt: boolean | undefined;
  readonly interactive: boolean | undefined;
  readonly 'allow-dirty': boolean | undefined;
  readonly verify: 'syntax' | 'types';
  readonly 'format-code': 'auto' | 'none';
  readonly only: readonly string[] | undefined;
  readonly explain: string | undefined;
  readonly jobs: number | undefined;
  readonly 'no-cache': boolean | undefined;
  readonly verbose: boolean | undefined;
}

/** Whether the run may change files. */
export function writes(args: InstrumentArguments): boolean {
  return args.check !== true && args['dry-run'] !== true && args.explain === undefined;
}
