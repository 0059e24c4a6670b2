import type { commandLine } from '../src/cli/run.js';

/** The page of docs/ that shows how each command is used. */
export const pages: Readonly<Record<string, string>>;
/** Every command with what `--help` prints, subcommands too. */
export function helpTexts(parser: typeof commandLine): Promise<ReadonlyMap<string, string>>;
