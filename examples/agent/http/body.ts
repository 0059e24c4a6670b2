import type { IncomingMessage } from 'node:http';

/** A request that the client has to change; `status` is the answer's. */
export class BadRequestError extends Error {
  override readonly name = 'BadRequestError';
  readonly status: 400 | 413;

  constructor(status: 400 | 413, message: string) {
    super(message);
    this.status = status;
  }
}

const maxBytes = 64 * 1024;

/** Reads a JSON object from the body of a request. */
export async function readJsonObject(request: IncomingMessage): Promise<ReadonlyMap<string, unknown>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new BadRequestError(413, `the body is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  let value: unknown;
  try {
    value = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new BadRequestError(400, 'the body is no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadRequestError(400, 'the body is no JSON object');
  }
  return new Map(Object.entries(value));
}
