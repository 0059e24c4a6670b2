// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Place } from '../running.js';

/** The part of a `Response` that is used. */
export interface WebResponse {
  readonly status: number;
  readonly body: WebStream | null;
}

interface WebStream {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: unknown }>;
    cancel(reason?: unknown): Promise<void>;
  };
}

interface Controller {
  enqueue(chunk: unknown): void;
  close(): void;
  error(error: unknown): void;
}

interface WebClasses {
  readonly Response: new (body: unknown, init: unknown) => WebResponse;
  readonly ReadableStream: new (source: {
    pull(controller: Controller): Promise<void>;
    cancel(reason: unknown): Promise<void>;
  }) => WebStream;
}

/** The same response, whose body tells once how it ended. */
export function watchedBody(
  response: WebResponse,
  place: Place,
  ended: (isAborted: boolean, error?: unknown) => void,
): WebResponse {
  if (response.body === null) {
    ended(false);
    return response;
  }
  const { Response, ReadableStream } = globalThis as unknown as WebClasses;
  const reader = response.body.getReader();
  const body = new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await place(() => reader.read());
        if (!done) {
          controller.enqueue(value);
          return;
        }
        ended(false);
        controller.close();
      } catch (error) {
        ended(false, error);
        controller.error(error);
      }
    },
    async cancel(reason) {
      ended(true);
      await reader.cancel(reason);
    },
  });
  return new Response(body, response);
}
