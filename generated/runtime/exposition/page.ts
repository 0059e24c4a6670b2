// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { BlockText } from './block.js';
import type { PageForm } from './page-form.js';

/**
 * A page while it is written and read: written once for all that ask for it meanwhile. What is kept of it for the next page is lent, not
 * copied, and stays as it is until the last reader has left.
 */
export class Page {
  readonly form: PageForm;
  /** How many bytes there are so far. */
  size = 0;
  private readonly parts: Uint8Array[] = [];
  private readonly lent: BlockText[] = [];
  private state: 'open' | 'complete' | 'failed' = 'open';
  private error: unknown;
  private readers = 0;
  private readonly waiting = new Set<() => void>();

  constructor(form: PageForm) {
    this.form = form;
  }

  /** Whether it is being written, so that one more can read it. */
  get isOpen(): boolean {
    return this.state === 'open';
  }

  /** Adds bytes that nobody changes. */
  add(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.parts.push(bytes);
    this.size += bytes.length;
    this.wake();
  }

  /** Adds what a block is now. */
  borrow(text: BlockText): void {
    text.borrowers += 1;
    this.lent.push(text);
    this.add(text.bytes.subarray(0, text.length));
  }

  /** The page is complete. */
  end(): void {
    if (this.state === 'open') this.state = 'complete';
    this.wake();
  }

  /** The page will not be complete: its readers get the error. */
  fail(error: unknown): void {
    this.state = 'failed';
    this.error = error;
    this.wake();
  }

  /** Gives the page up, for good, if nobody reads it any more; returns whether it is given up. */
  giveUpUnread(): boolean {
    if (this.state === 'open' && this.readers === 0) {
      this.fail(new Error('nobody reads the page'));
      this.giveBack();
    }
    return this.state === 'failed';
  }

  /** Begins to read an open page. */
  join(): PageReader {
    this.readers += 1;
    let hasLeft = false;
    return {
      page: this,
      parts: () => this.read(() => hasLeft),
      leave: () => {
        if (hasLeft) return;
        hasLeft = true;
        this.readers -= 1;
        if (this.readers === 0 && this.state !== 'open') this.giveBack();
        this.wake();
      },
    };
  }

  private async *read(hasLeft: () => boolean): AsyncGenerator<readonly Uint8Array[], void, undefined> {
    let seen = 0;
    for (;;) {
      while (seen === this.parts.length) {
        if (hasLeft() || this.state === 'complete') return;
        if (this.state === 'failed') throw this.error;
        await new Promise<void>((resolve) => {
          this.waiting.add(resolve);
        });
      }
      if (hasLeft()) return;
      const parts = this.parts.slice(seen);
      seen += parts.length;
      yield parts;
    }
  }

  private giveBack(): void {
    for (const text of this.lent) text.borrowers -= 1;
    this.lent.length = 0;
    this.parts.length = 0;
  }

  private wake(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}

/** One who reads a page. */
export interface PageReader {
  readonly page: Page;
  /**
   * All parts from the first on, as many at once as have been written; they stay as they are until the reader leaves. Rejects where
   * the page fails.
   */
  parts(): AsyncGenerator<readonly Uint8Array[], void, undefined>;
  /** Ends the reading, which has to be done once. */
  leave(): void;
}
