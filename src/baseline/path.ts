import { dirname, join } from 'node:path';

/** The file that is read without being asked for, so that all commands and the machines of CI agree on what is accepted. */
export const usualBaseline = '.obs-gen-baseline.json';

/** Where the baseline of a spec is looked for. */
export function baselinePath(spec: string): string {
  return join(dirname(spec), usualBaseline);
}
