import { completionLine, isCompletion } from './completion/line.js';

/**
 * A lone `-`, which is standard input. The parser takes it for the beginning of an option where it stands in a list, and loses it, so it is
 * handed in as what no command line can hold.
 */
const hidden = '\u0000-';

/** The arguments as the parser is given them. What stands after `--` is not ours. */
export function hideDashes(argv: readonly string[]): readonly string[] {
  // What a shell wants completed is not a line that anybody has sent off: there a dash is the beginning of an option.
  if (isCompletion(argv)) return completionLine(argv).argv;
  const end = argv.indexOf('--');
  return argv.map((each, index) => (each === '-' && (end < 0 || index < end) ? hidden : each));
}

/** Puts the dashes back into what the parser made of the arguments. */
export function restoreDashes(args: Record<string, unknown>): void {
  const shown = (value: unknown): unknown => (value === hidden ? '-' : value);
  for (const [name, value] of Object.entries(args))
    args[name] = Array.isArray(value) ? (value as unknown[]).map(shown) : shown(value);
}

/** The same in a message. */
export function withDashes(message: string): string {
  return message.replaceAll(hidden, '-');
}
