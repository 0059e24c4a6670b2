import { gunzipSync } from 'node:zlib';

/** Why a message of gRPC was not read, with the code of https://grpc.io/docs/guides/status-codes/ */
export class FrameFault extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Codes of gRPC that are answered with. */
export const grpcCodes = {
  ok: 0,
  invalidArgument: 3,
  resourceExhausted: 8,
  unimplemented: 12,
  unavailable: 14,
} as const;

/** A flag, and the length as four bytes. */
const headLength = 5;

/**
 * The message of a unary call: `<flag><length><message>`, as https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md has it.
 * @param encoding the header grpc-encoding
 * @param most bytes that the message may have
 * @throws FrameFault
 */
export function readFrame(body: Buffer, encoding: string, most: number): Buffer {
  if (body.length < headLength) throw new FrameFault(grpcCodes.invalidArgument, 'the message has no head');
  const length = body.readUInt32BE(1);
  const message = body.subarray(headLength);
  if (length !== message.length)
    throw new FrameFault(
      grpcCodes.invalidArgument,
      `the message has ${message.length} bytes, and says ${length}`,
    );
  const isPacked = body[0] === 1;
  if (!isPacked) return message;
  if (encoding !== 'gzip')
    throw new FrameFault(
      grpcCodes.unimplemented,
      `nothing is known of the encoding ${encoding.slice(0, 40)}`,
    );
  try {
    return gunzipSync(message, { maxOutputLength: most });
  } catch (error) {
    const { code, message: why } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw new FrameFault(grpcCodes.resourceExhausted, `it is longer than ${most >> 20} MiB`);
    throw new FrameFault(grpcCodes.invalidArgument, `it cannot be unpacked: ${why}`);
  }
}

/** A message without fields, framed: all was taken. */
export const emptyFrame: Buffer = Buffer.alloc(headLength);
