// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { builtinModule, outputIsTerminal, writeOutput } from '../host.js';
import { LineBatch } from './line-batch.js';
import type { ByteTarget } from './line-batch.js';
import type { LogSink } from './log-sink.js';
import { fileSystem } from './node-files.js';
import { prettyLine } from './pretty-line.js';

interface OutputStream {
  readonly fd?: number;
  readonly writableLength?: number;
  write(bytes: Uint8Array, done: (error?: Error | null) => void): unknown;
}

/** Bytes that a stream may hold for its reader. */
const maxHeld = 1024 * 1024;

/** Lines on standard output: batched, or each at once where a person reads them. */
export function standardOutput(format: 'json' | 'pretty' | 'auto'): LogSink {
  const isPretty = format === 'pretty' || (format === 'auto' && outputIsTerminal());
  return isPretty ? terminal : new LineBatch(target(), 'standard output');
}

const terminal: LogSink = {
  write(line) {
    writeOutput(`${prettyLine(line)}\n`);
  },
  flush() {
    // Each line was written at once.
  },
  close() {
    // Standard output belongs to the program.
  },
};

/**
 * The descriptor of standard output. Asking for the stream makes Node set a pipe to answer at once when it is full, so that a reader that
 * is slow never stops the program. A worker's output goes through the main thread, by its stream.
 */
function target(): ByteTarget {
  const stream = (globalThis as { process?: { stdout?: OutputStream } }).process?.stdout;
  const threads = builtinModule('node:worker_threads') as { readonly isMainThread: boolean } | undefined;
  const files = fileSystem();
  const descriptor = stream?.fd;
  if (threads?.isMainThread !== false && files !== undefined && typeof descriptor === 'number') {
    return { write: (bytes, offset, length) => files.writeSync(descriptor, bytes, offset, length) };
  }
  return {
    write(bytes, offset, length) {
      if ((stream?.writableLength ?? 0) > maxHeld) return 0;
      // The stream keeps the bytes until it has sent them; the batch uses its own again.
      writeOutput(decode(bytes.slice(offset, offset + length)));
      return length;
    },
  };
}

interface Decoder {
  decode(bytes: Uint8Array): string;
}

const decoder = new (globalThis as unknown as { TextDecoder: new () => Decoder }).TextDecoder();

function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
