import type { CompletionCallback } from 'yargs';
import { explainableCodes } from './explain.js';
import { shownPresets } from './presets.js';

/** Completes what the parser cannot know: the codes of `explain` and the names of `presets show`; leaves the rest to it. */
export function complete(
  current: string,
  argv: { readonly _?: readonly (string | number)[] },
  useDefaults: (done?: CompletionCallback) => unknown,
  done: (completions: string[]) => unknown,
): void {
  const words = (argv._ ?? []).map(String);
  const candidates = words.includes('explain')
    ? explainableCodes
    : words.includes('show')
      ? shownPresets
      : undefined;
  if (candidates === undefined || current.startsWith('-')) useDefaults();
  else done(candidates.filter((each) => each.startsWith(current.toUpperCase()) || each.startsWith(current)));
}
