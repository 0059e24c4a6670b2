/** The option by which a shell asks what a word may become; the line follows it. */
const asking = '--get-yargs-completions';

/** Whether a shell wants a line completed, which nobody has sent off yet. */
export function isCompletion(argv: readonly string[]): boolean {
  return argv.includes(asking);
}

/** A line that is to be completed. */
export interface CompletionLine {
  /** All arguments, as the parser is to see them. */
  readonly argv: readonly string[];
  /** The words before the one under the cursor, without the program. */
  readonly before: readonly string[];
  readonly current: string;
  /** What stands in the same word and is not the parser's business: `--format=`. */
  readonly prefix: string;
}

/**
 * Reads a line that is to be completed. A `--` under the cursor begins an option, and is not the end of options; a value in one word with
 * its option is completed like one that stands behind it.
 */
export function completionLine(given: readonly string[]): CompletionLine {
  const last = given.at(-1) ?? '';
  const [, option, value = ''] = /^(--[^=]+)=(.*)$/s.exec(last) ?? [];
  const current = option === undefined ? (last === '--' ? '-' : last) : value;
  const argv = [...given.slice(0, -1), ...(option === undefined ? [] : [option]), current];
  // The first word of the line is the program.
  const before = argv.slice(argv.indexOf(asking) + 2, -1);
  return { argv, before, current, prefix: option === undefined ? '' : `${option}=` };
}
