import { mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { textOf } from './folder-facts.js';
import type { InitStep } from './plan.js';

/** Thrown where a file is no longer what it was when the plan was made, or cannot be written. */
export class InitFault extends Error {}

/**
 * Writes a file of a plan: a new one only where there is none, another one only where it is what it was.
 * @throws InitFault
 */
export function writeStep({ path, absolute, action, text, before }: InitStep): void {
  if (text === undefined) return;
  try {
    if (action === 'create') {
      mkdirSync(dirname(absolute), { recursive: true });
      writeFileSync(absolute, text, { flag: 'wx' });
      return;
    }
    if (textOf(absolute) !== before)
      throw new InitFault(`${path} has changed in the meantime, and is left as it is`);
    const { mode } = statSync(absolute);
    const temporary = `${absolute}.obs-gen-${process.pid}`;
    // Whoever reads it at this moment reads the one or the other, and no half.
    writeFileSync(temporary, text, { flag: 'wx', mode });
    renameSync(temporary, absolute);
  } catch (error) {
    if (error instanceof InitFault) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InitFault(
      `${path} cannot be written: ${code === 'EEXIST' ? 'it is there already' : (code ?? message)}`,
    );
  }
}
