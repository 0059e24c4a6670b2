// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { rawBytes } from './bytes.js';
import type { PageForm } from './page-form.js';

/** A page while it is written and read: written once, in chunks, for all that ask for it meanwhile. */
export class Page {
  readonly form: PageForm;
  /** How many bytes have been written. */
  size = 0;
  /** Whether more than one has ever read it. */
  isShared = false;
  private readonly chunkBytes: number;
  private readonly chunks: Uint8Array[] = [];
  private open: Uint8Array = new Uint8Array(0);
  private used = 0;
  private state: 'open' | 'complete' | 'failed' = 'open';
  private error: unknown;
  private readers = 0;
  private readonly waiting = new Set<() => void>();

  constructor(form: PageForm, chunkBytes: number) {
    this.form = form;
    this.chunkBytes = chunkBytes;
  }

  /** Whether it is being written, so that one more can read it. */
  get isOpen(): boolean {
    return this.state === 'open';
  }

  /** Gives the page up, for good, if nobody reads it any more; returns whether it is given up. */
  giveUpUnread(): boolean {
    if (this.state === 'open' && this.readers === 0) this.fail(new Error('nobody reads the page'));
    return this.state === 'failed';
  }

  /** Copies bytes to the end of the page. */
  append(bytes: Uint8Array, length: number = bytes.length): void {
    let from = 0;
    while (from < length) {
      if (this.used === this.open.length) this.nextChunk();
      const count = Math.min(length - from, this.open.length - this.used);
      this.open.set(bytes.subarray(from, from + count), this.used);
      this.used += count;
      from += count;
    }
    this.size += length;
  }

  /** The page is complete. */
  end(): void {
    this.publish();
    if (this.state === 'open') this.state = 'complete';
    this.wake();
  }

  /** The page will not be complete: its readers get the error. */
  fail(error: unknown): void {
    this.state = 'failed';
    this.error = error;
    this.wake();
  }

  /** Begins to read: the page is written as long as somebody does. */
  join(): PageReader {
    this.isShared ||= this.readers > 0;
    this.readers += 1;
    let hasLeft = false;
    const leave = (): void => {
      if (hasLeft) return;
      hasLeft = true;
      this.readers -= 1;
      this.wake();
    };
    return { page: this, leave, chunks: () => this.read(() => hasLeft, leave) };
  }

  private async *read(
    hasLeft: () => boolean,
    leave: () => void,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (let index = 0; ; index += 1) {
        while (index >= this.chunks.length) {
          if (hasLeft() || this.state === 'complete') return;
          if (this.state === 'failed') throw this.error;
          await new Promise<void>((resolve) => {
            this.waiting.add(resolve);
          });
        }
        const chunk = this.chunks[index];
        if (chunk !== undefined) yield chunk;
      }
    } finally {
      leave();
    }
  }

  private nextChunk(): void {
    this.publish();
    this.open = rawBytes(this.chunkBytes);
    this.wake();
  }

  private publish(): void {
    if (this.used > 0) this.chunks.push(this.open.subarray(0, this.used));
    this.used = 0;
    this.open = new Uint8Array(0);
  }

  private wake(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}

/** One who reads a page. */
export interface PageReader {
  readonly page: Page;
  /** All chunks from the first on, as they are written. Rejects where the page fails. */
  chunks(): AsyncGenerator<Uint8Array, void, undefined>;
  /** Ends the reading. */
  leave(): void;
}
