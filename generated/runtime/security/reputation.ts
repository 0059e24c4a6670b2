// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { builtinModule } from '../host.js';
import { everySeconds } from '../timers.js';
import { AddressSet, parseAddressList } from './address-set.js';
import type { AddressList, BadLine } from './address-set.js';
import { parseAddress } from './address.js';

/** What is used of node:fs/promises. */
interface FileSystem {
  stat(path: string): Promise<{ readonly mtimeMs: number; readonly size: number; readonly ino: number }>;
  readFile(path: string, encoding: 'utf8'): Promise<string>;
}

/** What is known of one list. */
export interface ReputationListState {
  readonly file: string;
  /** Addresses and blocks in force. */
  readonly entries: number;
  readonly badLines: readonly BadLine[];
  readonly badCount: number;
  /** Why the file cannot be read; what was read before stays in force. */
  readonly problem?: string;
}

/** A larger list is refused: it would be read into memory whole. */
const maxBytes = 64 * 1024 * 1024;
const checkSeconds = 5;

/** Lists of addresses of ill repute: read at start, and again when a file has changed. */
export class Reputation {
  private readonly lists: List[];
  private addresses = new AddressSet([]);
  private endWatch: (() => void) | undefined;

  /** @param files paths, relative to where the service runs */
  constructor(files: readonly string[]) {
    this.lists = files.map((file) => new List(file));
  }

  /** Reads the lists and watches them. Never rejects. */
  async start(): Promise<void> {
    if (this.lists.length === 0) return;
    this.endWatch ??= everySeconds(checkSeconds, () => void this.refresh());
    await this.refresh();
  }

  stop(): void {
    this.endWatch?.();
    this.endWatch = undefined;
  }

  /** Reads what has changed. Never rejects. */
  async refresh(): Promise<void> {
    const changes = await Promise.all(this.lists.map((list) => list.refresh()));
    if (changes.includes(true))
      this.addresses = new AddressSet(this.lists.flatMap(({ content }) => content.ranges));
  }

  /** Whether an address is on a list; a text that is no address is not. */
  isListed(text: string): boolean {
    if (this.addresses.size === 0) return false;
    const address = parseAddress(text);
    return address !== undefined && this.addresses.has(address);
  }

  state(): readonly ReputationListState[] {
    return this.lists.map(({ file, content, problem }) => ({
      file,
      entries: content.ranges.length,
      badLines: content.badLines,
      badCount: content.badCount,
      ...(problem === undefined ? {} : { problem }),
    }));
  }
}

class List {
  readonly file: string;
  content: AddressList = { ranges: [], badLines: [], badCount: 0 };
  problem: string | undefined;
  private seen = '';

  constructor(file: string) {
    this.file = file;
  }

  /** Whether the content is another one now. */
  async refresh(): Promise<boolean> {
    try {
      const files = builtinModule('node:fs/promises') as FileSystem | undefined;
      if (files === undefined) throw new Error('there is no file system here');
      const { mtimeMs, size, ino } = await files.stat(this.file);
      const version = `${mtimeMs} ${size} ${ino}`;
      if (version === this.seen) return false;
      if (size > maxBytes) throw new Error(`it is larger than ${maxBytes} bytes`);
      this.content = parseAddressList(await files.readFile(this.file, 'utf8'));
      this.seen = version;
      this.problem = undefined;
      this.sayFaults();
      return true;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (problem !== this.problem)
        diag.warn(`the list of addresses ${this.file} cannot be read: ${problem}`);
      this.problem = problem;
      this.seen = '';
      return false;
    }
  }

  private sayFaults(): void {
    const { badLines, badCount } = this.content;
    if (badCount === 0) return;
    const shown = badLines.slice(0, 5).map(({ line, text }) => `line ${line}: ${JSON.stringify(text)}`);
    diag.warn(
      `${this.file} has ${badCount} lines that are neither an address nor a CIDR block, which are passed over: ${shown.join(', ')}`,
    );
  }
}
