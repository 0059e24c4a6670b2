import { errorPaint, printError } from './terminal.js';

/** The command line or the environment asks for something that cannot be: exit code 2, no stack. Nothing but `cli/` throws it. */
export class UsageError extends Error {
  /** The way out, line by line. */
  readonly help: readonly string[];

  constructor(message: string, help: readonly string[] = []) {
    super(message);
    this.help = help;
  }
}

/** Prints what is wrong with the command line, and the way out. */
export function reportUsageError(error: UsageError): void {
  const paint = errorPaint();
  printError(`${paint('error', 'error')}${paint('strong', `: ${error.message}`)}\n`);
  const [first, ...others] = error.help;
  if (first !== undefined) printError(`${paint('help', 'help:')} ${first}\n`);
  for (const line of others) printError(line === '' ? '\n' : `      ${line}\n`);
}
