import type { Argv } from 'yargs';
import { nearest } from '../diagnostics/did-you-mean.js';
import { isCompletion } from './completion/line.js';
import { UsageError } from './usage-error.js';

/** What a parser knows of the command at hand when it gives up; the types of yargs leave this out. */
interface ParserState {
  getOptions(): {
    readonly key: Readonly<Record<string, unknown>>;
    readonly choices: Readonly<Record<string, readonly string[]>>;
  };
  getInternalMethods(): {
    getCommandInstance(): { getCommands(): readonly string[] };
    getContext(): { readonly commands: readonly string[] };
  };
}

function didYouMean(word: string, candidates: readonly string[], before = ''): string[] {
  const meant = nearest(word, candidates);
  return meant === undefined ? [] : [`did you mean ${before}${meant}?`];
}

function seeHelp(commands: readonly string[]): string {
  return `\`obs-gen ${[...commands, '--help'].join(' ')}\` shows what there is`;
}

/** Whether a word that the parser does not know was typed as an option. */
function typedAsOption(word: string, argv: readonly string[]): boolean {
  return argv.some((each) =>
    each.startsWith('--')
      ? each === `--${word}` || each.startsWith(`--${word}=`)
      : each.startsWith('-') && word.length === 1 && each.includes(word),
  );
}

function unknownWord(word: string, state: ParserState, argv: readonly string[]): UsageError {
  const { commands } = state.getInternalMethods().getContext();
  const help = seeHelp(commands);
  if (typedAsOption(word, argv)) {
    const dashes = word.length === 1 ? '-' : '--';
    const options = Object.keys(state.getOptions().key).filter((name) => name.length > 1);
    return new UsageError(`unknown option ${dashes}${word}`, [...didYouMean(word, options, '--'), help]);
  }
  const known = state.getInternalMethods().getCommandInstance().getCommands();
  if (known.length === 0) return unexpected(commands, word);
  return new UsageError(`unknown command ${[...commands, word].join(' ')}`, [
    ...didYouMean(word, known),
    help,
  ]);
}

function unexpected(commands: readonly string[], word: string): UsageError {
  return new UsageError(`${commands.join(' ')} does not take the argument ${word}`, [seeHelp(commands)]);
}

/** Turns what the parser says (in its English) into an error that names the slip and the way out. */
export function usageErrorOf(message: string, parser: Argv, argv: readonly string[]): UsageError {
  const state = parser as unknown as ParserState;
  const { commands } = state.getInternalMethods().getContext();
  const unknown = /^Unknown (?:argument|command)s?: (.*)$/s.exec(message)?.[1];
  if (unknown !== undefined) return unknownWord(unknown.split(', ')[0] ?? unknown, state, argv);

  const needy = /^Not enough arguments following: (.+)$/.exec(message)?.[1];
  if (needy !== undefined) return new UsageError(`--${needy} needs a value`, [`write --${needy} VALUE`]);

  const [, option, given] =
    /^Invalid values:\s+Argument: ([^,]+), Given: "(.*?)", Choices: /s.exec(message) ?? [];
  if (option !== undefined && given !== undefined) {
    const choices = state.getOptions().choices[option] ?? [];
    return new UsageError(`--${option} cannot be ${given}`, [
      ...didYouMean(given, choices),
      `it is one of ${choices.join(', ')}`,
    ]);
  }
  if (message.startsWith('Not enough non-option arguments')) {
    return new UsageError(`${commands.join(' ')} needs an argument`, [seeHelp(commands)]);
  }
  return new UsageError(message, [seeHelp(commands)]);
}

/** Commands that run what stands after `--`. */
const runsCommand: ReadonlySet<string> = new Set(['live-check']);

/**
 * Refuses what the parser would take in silence: `--dry-run=yes` (any value of a switch but `true` counts as `false`, and would write) and
 * whatever follows `--`, which is a command for those that run one and nothing for all others.
 * @throws UsageError
 */
export function refuseOddities(switches: readonly string[], argv: readonly string[]): void {
  if (isCompletion(argv)) return;
  for (const each of argv) {
    if (each === '--') {
      if (runsCommand.has(argv[0] ?? '')) return;
      throw new UsageError('no command takes arguments after --', ['leave out the --']);
    }
    const [, name = '', value = ''] = /^--([^=]+)=(.*)$/s.exec(each) ?? [];
    if (switches.includes(name) && value !== 'true' && value !== 'false') {
      throw new UsageError(`--${name} takes no value`, [`write --${name} alone`]);
    }
  }
}
