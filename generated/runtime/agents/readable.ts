// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { StreamWatcher } from './iterator.js';

interface Reader {
  read(): PromiseLike<{ readonly done: boolean; readonly value?: unknown }>;
  cancel(reason?: unknown): PromiseLike<void>;
}

/** A stream of the web standard, by its shape. */
export interface ReadableLike {
  getReader(): Reader;
}

interface Controller {
  enqueue(value: unknown): void;
  close(): void;
  error(reason: unknown): void;
}

interface Source {
  pull(controller: Controller): Promise<void>;
  cancel(reason: unknown): PromiseLike<void>;
}

const host = globalThis as unknown as {
  readonly ReadableStream: new (source: Source, strategy: { readonly highWaterMark: number }) => ReadableLike;
};

/** A stream that does as another one does, reading nothing ahead of its own reader, and tells of it. */
export function watchReadable(stream: ReadableLike, watcher: StreamWatcher): ReadableLike {
  const reader = stream.getReader();
  return new host.ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) {
            watcher.done();
            controller.close();
          } else {
            watcher.chunk(value);
            controller.enqueue(value);
          }
        } catch (error) {
          watcher.failed(error);
          controller.error(error);
        }
      },
      cancel(reason) {
        watcher.left();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
