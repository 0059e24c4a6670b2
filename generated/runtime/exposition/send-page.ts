// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { afterSeconds } from '../timers.js';
import type { Compressor, MetricsResponse, Sink } from './http.js';
import type { PageReader } from './page.js';

/** The most that is written at once; the client has to take it before there is more. */
const pieceBytes = 1 << 17;

/** How a page is to be sent. */
export interface Sending {
  /** Called before the first byte; returns what the page is to go through, which is piped into the response. */
  readonly begin: () => Compressor | undefined;
  /** Called where there is nothing to be sent. */
  readonly unavailable: () => void;
  /** A client that takes nothing for so many seconds is cut off. */
  readonly stallSeconds: number;
}

/**
 * Sends a page as it is written, as fast as the client takes it. A client that is gone ends the reading. Settles when the response is
 * closed; never rejects.
 */
export async function sendPage(
  reader: PageReader,
  response: MetricsResponse,
  sending: Sending,
): Promise<void> {
  let sink: Sink | undefined;
  let hasClosed = response.destroyed === true;
  const isClosed = (): boolean => hasClosed;
  const closed = new Promise<void>((resolve) => {
    if (hasClosed) resolve();
    response.once('close', () => {
      hasClosed = true;
      reader.leave();
      if (sink !== response) sink?.destroy();
      resolve();
    });
  });
  // A reset connection is no error of the program.
  response.on('error', () => undefined);
  const cutOff = (): void => {
    response.destroy();
  };
  const taken = async (event: Promise<void>): Promise<void> => {
    const endStall = afterSeconds(sending.stallSeconds, cutOff);
    await Promise.race([event, closed]);
    endStall();
  };
  try {
    for await (const parts of reader.parts()) {
      for (const piece of pieces(parts)) {
        if (isClosed()) return;
        sink ??= begin(response, sending, cutOff);
        if (!sink.write(piece)) await taken(drained(sink));
      }
    }
    if (isClosed()) return;
    sink ??= begin(response, sending, cutOff);
    sink.end();
    await taken(closed);
  } catch {
    // Of an incomplete page only a broken connection tells the client.
    if (sink === undefined) sending.unavailable();
    else cutOff();
  } finally {
    reader.leave();
  }
}

function begin(response: MetricsResponse, sending: Sending, failed: () => void): Sink {
  const compressor = sending.begin();
  compressor?.on('error', failed);
  compressor?.pipe(response);
  return compressor ?? response;
}

function* pieces(parts: readonly Uint8Array[]): Generator<Uint8Array, void, undefined> {
  for (const part of parts) {
    if (part.length <= pieceBytes) yield part;
    else
      for (let start = 0; start < part.length; start += pieceBytes)
        yield part.subarray(start, start + pieceBytes);
  }
}

function drained(sink: Sink): Promise<void> {
  return new Promise<void>((resolve) => {
    sink.once('drain', resolve);
  });
}
