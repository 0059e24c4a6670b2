// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { builtinModule } from '../host.js';
import { everySeconds } from '../timers.js';
import { readPriceTable } from './price-table.js';
import type { PriceTable } from './price-table.js';

interface Files {
  readFileSync(path: string, encoding: 'utf8'): string;
  readonly promises: {
    stat(path: string): Promise<Stamp>;
    readFile(path: string, encoding: 'utf8'): Promise<string>;
  };
}

interface Stamp {
  readonly mtimeMs: number;
  readonly size: number;
  readonly ino: number;
}

/** A file of more is none of prices. */
const mostCharacters = 10_000_000;
const defaultLookSeconds = 5;

/** The prices of a file, which is read again when it has changed. Nothing here throws or rejects. */
export class PriceFile {
  private readonly path: string;
  private readonly changed: (table: PriceTable) => void;
  private text: string | undefined;
  private stamp = '';
  private stop: (() => void) | undefined;
  private problems: readonly string[] = [];

  /** @param path relative to the working directory */
  constructor(path: string, changed: (table: PriceTable) => void) {
    this.path = path;
    this.changed = changed;
  }

  /** What of the file is not in force, and why. */
  get notes(): readonly string[] {
    return this.problems;
  }

  /** Reads it now. A file that cannot be used leaves the prices as they were. */
  read(): void {
    const files = builtinModule('node:fs') as Files | undefined;
    if (files === undefined) return;
    try {
      this.take(files.readFileSync(this.path, 'utf8'));
    } catch (error) {
      this.say([`cannot be read: ${messageOf(error)}`]);
    }
  }

  /** Looks every so many seconds whether it has changed: watching by the system misses files that are replaced or mounted. */
  watch(seconds: number = defaultLookSeconds): void {
    let isLooking = false;
    this.stop ??= everySeconds(seconds, () => {
      if (isLooking) return;
      isLooking = true;
      void this.look().finally(() => {
        isLooking = false;
      });
    });
  }

  close(): void {
    this.stop?.();
    this.stop = undefined;
  }

  private async look(): Promise<void> {
    const files = builtinModule('node:fs') as Files | undefined;
    if (files === undefined) return;
    try {
      const { mtimeMs, size, ino } = await files.promises.stat(this.path);
      const stamp = `${mtimeMs} ${size} ${ino}`;
      if (stamp === this.stamp) return;
      const text = await files.promises.readFile(this.path, 'utf8');
      this.stamp = stamp;
      this.take(text);
    } catch (error) {
      this.say([`cannot be read: ${messageOf(error)}`]);
    }
  }

  private take(text: string): void {
    if (text === this.text) {
      // Such as a file that was gone for a while.
      if (this.problems.some((problem) => problem.startsWith('cannot be read'))) this.problems = [];
      return;
    }
    this.text = text;
    if (text.length > mostCharacters) {
      this.say([`has more than ${mostCharacters} characters`]);
      return;
    }
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch (error) {
      this.say([`is no JSON: ${messageOf(error)}`]);
      return;
    }
    const { table, notes } = readPriceTable(json);
    this.say(notes);
    if (table !== undefined) this.changed(table);
  }

  /** Says what is new of it. */
  private say(problems: readonly string[]): void {
    const known = new Set(this.problems);
    this.problems = problems;
    for (const problem of problems) {
      if (!known.has(problem)) diag.warn(`prices: ${this.path}: ${problem}`);
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
