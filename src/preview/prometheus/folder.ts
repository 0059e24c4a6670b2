import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that nobody else can read and that does not outlive this process, however it ends. */
export class PrivateFolder {
  /** mkdtemp makes it for its owner alone. */
  readonly path: string = mkdtempSync(join(tmpdir(), 'obs-gen-preview-'));
  readonly #remove = (): void => {
    // A program that was killed a moment ago may still be writing into it.
    rmSync(this.path, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
  };

  constructor() {
    process.once('exit', this.#remove);
  }

  remove(): void {
    process.off('exit', this.#remove);
    this.#remove();
  }
}
