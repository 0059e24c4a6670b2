import type { CompletionCallback } from 'yargs';
import { presetNames } from '../spec/presets.js';
import { explainableCodes } from './explain.js';

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
      ? presetNames
      : undefined;
  if (candidates === undefined || current.startsWith('-')) useDefaults();
  else done(candidates.filter((each) => each.startsWith(current.toUpperCase()) || each.startsWith(current)));
}
