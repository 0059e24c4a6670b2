import { createGunzip, createInflate } from 'node:zlib';
import type { Readable } from 'node:stream';

/** Bytes that a request may have when it is unpacked: a batch of the SDK is far below. */
export const longestRequest = 16 * 1024 * 1024;

/** Why a body was not read. */
export class BodyFault extends Error {
  readonly reason: 'too long' | 'unknown encoding' | 'not packed as it says';

  constructor(reason: BodyFault['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The stream unpacked. @throws BodyFault for an encoding that nobody uses */
function unpacked(body: Readable, encoding: string): Readable {
  switch (encoding) {
    case '':
    case 'identity':
      return body;
    case 'gzip':
    case 'x-gzip':
      return body.pipe(createGunzip());
    case 'deflate':
      return body.pipe(createInflate());
    default:
      throw new BodyFault('unknown encoding', `nothing is known of the encoding ${encoding.slice(0, 40)}`);
  }
}

/**
 * Reads a body to its end, unpacked while it comes: what unpacks to more than is allowed is given up as soon as that is known.
 * @throws BodyFault
 */
export async function readBody(body: Readable, encoding: string, most = longestRequest): Promise<Buffer> {
  const stream = unpacked(body, encoding.trim().toLowerCase());
  if (stream !== body) body.on('error', (error) => stream.destroy(error));
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    // Ending the loop must not end the connection: its other side is told what is wrong.
    for await (const piece of stream.iterator({ destroyOnReturn: false })) {
      const bytes = piece as Buffer;
      size += bytes.length;
      if (size > most) throw new BodyFault('too long', `it is longer than ${most >> 20} MiB`);
      pieces.push(bytes);
    }
  } catch (error) {
    if (error instanceof BodyFault) throw error;
    const what = stream === body ? 'it did not come whole' : 'it cannot be unpacked';
    throw new BodyFault('not packed as it says', `${what}: ${(error as Error).message}`);
  } finally {
    if (stream !== body) {
      body.unpipe();
      stream.destroy();
    }
  }
  return Buffer.concat(pieces);
}
