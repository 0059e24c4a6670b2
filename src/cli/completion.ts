import { basename } from 'node:path';
import type { CommandModule, CompletionCallback } from 'yargs';
import { completionLine, type CompletionLine } from './completion/line.js';
import { namesInSpec } from './completion/names.js';
import { completionScript, shells, type Shell } from './completion/scripts.js';
import { exitCodes } from './exit-code.js';
import { explainableCodes } from './explain.js';
import { switches } from './options.js';
import { shownPresets } from './presets.js';
import { print } from './terminal.js';

/** Values of options and arguments that no list of choices can hold; undefined: the parser may know some. */
function valuesFor({ before, current }: CompletionLine): readonly string[] | undefined {
  if (current.startsWith('-')) return undefined;
  const previous = before.at(-1);
  const has = (word: string): boolean => before.includes(word);
  if (previous === '--within' && has('expiring')) return ['30d', '90d', '26w', '1y'];
  if (previous === '--only' && has('test')) return namesInSpec(before, 'tested');
  if (previous === '--owner' && has('owners')) return namesInSpec(before, 'owners');
  if (previous?.startsWith('-') === true) return undefined;
  if (has('explain')) return explainableCodes;
  return has('presets') && has('show') ? shownPresets : undefined;
}

/** Whether a word is an option that the next word is the value of. */
function takesValue(word: string | undefined): boolean {
  return word?.startsWith('--') === true && !word.includes('=') && !switches.includes(word.slice(2));
}

/**
 * Completes what the parser cannot know (codes, names of presets, names that stand in the spec) and leaves the rest to it. Where a value
 * is asked for of which nobody knows the choices, there is no answer: the shell completes names of files then.
 */
export function complete(
  _current: string,
  _argv: unknown,
  useDefaults: (done?: CompletionCallback) => unknown,
  done: (completions: string[]) => unknown,
): void {
  const line = completionLine(process.argv);
  const { before, current, prefix } = line;
  const answer = (found: readonly string[]): void => {
    done(found.map((each) => prefix + each));
  };
  const fits = (each: string): boolean => each.startsWith(current) || each.startsWith(current.toUpperCase());
  const values = valuesFor(line);
  // Behind the end of options stands a command of somebody else.
  if (before.includes('--')) answer([]);
  else if (values !== undefined) answer(values.filter(fits));
  else if (prefix === '' && (!takesValue(before.at(-1)) || current.startsWith('-'))) useDefaults();
  else {
    useDefaults((_error, found) => {
      answer((found ?? []).filter((each) => !each.startsWith('-') && each.startsWith(current)));
    });
  }
}

/** The shell that the user logs in with, where it is one of ours. */
function usualShell(env: NodeJS.ProcessEnv): Shell {
  const name = basename(env['SHELL'] ?? '');
  return shells.find((shell) => shell === name) ?? 'bash';
}

/** `obs-gen completion [SHELL]`: the script that teaches a shell to complete the command line. */
export const completionCommand: CommandModule<object, { readonly shell: Shell | undefined }> = {
  command: 'completion [shell]',
  describe: 'Print a completion script for bash, zsh or fish',
  builder: (yargs) =>
    yargs
      .positional('shell', { choices: shells, describe: 'The shell; that of $SHELL where it is left out' })
      .example('eval "$($0 completion bash)"', 'In ~/.bashrc')
      .example('eval "$($0 completion zsh)"', 'In ~/.zshrc, after compinit')
      .example('$0 completion fish > ~/.config/fish/completions/obs-gen.fish', 'For fish'),
  handler: ({ shell }) => {
    print(completionScript(shell ?? usualShell(process.env)));
    process.exitCode = exitCodes.fine;
  },
};
