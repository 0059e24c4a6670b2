// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** What of Node's Buffer is used; it is there without an import. */
interface NodeBuffer {
  toString(encoding: 'utf8', start: number, end: number): string;
}

interface NodeBuffers {
  allocUnsafeSlow(size: number): Uint8Array;
  from(memory: ArrayBufferLike, offset: number, length: number): NodeBuffer;
}

const { Buffer: buffers } = globalThis as unknown as { readonly Buffer: NodeBuffers };

/** Memory that nobody else has, with whatever stands in it. */
export function rawBytes(size: number): Uint8Array {
  return buffers.allocUnsafeSlow(size);
}

/** The text of UTF-8. */
export function decoded(bytes: Uint8Array, start: number, end: number): string {
  return buffers.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8', start, end);
}

/** One copy of several parts, which have `size` bytes together. */
export function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = rawBytes(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
