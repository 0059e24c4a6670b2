// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { nodeFiles, nodePaths } from './node-files.js';
import { readLine } from './record.js';
import type { AuditRecord, Seal } from './record.js';

/** The end of a file. */
export interface Tail {
  /** The last complete line, without its line end; undefined where there is none. */
  readonly line: string | undefined;
  /** Bytes behind the last line end: a line that was torn off. */
  readonly torn: Uint8Array;
}

/** A longer line is none of ours: fields are bounded when they are written. */
const maxLine = 1024 * 1024;
const lineEnd = 0x0a;

/** Reads the end of an open file. */
export function readTail(file: number): Tail {
  const files = nodeFiles();
  const { size } = files.fstatSync(file);
  const length = Math.min(size, 2 * maxLine);
  const bytes = new Uint8Array(length);
  let read = 0;
  while (read < length) {
    const step = files.readSync(file, bytes, read, length - read, size - length + read);
    if (step === 0) break;
    read += step;
  }
  const end = bytes.lastIndexOf(lineEnd);
  const torn = bytes.slice(end + 1);
  if (end < 0) return { line: undefined, torn };
  const start = bytes.lastIndexOf(lineEnd, end - 1) + 1;
  return { line: decode(bytes.slice(start, end)), torn };
}

/** What a chain goes on from. */
export interface Head {
  readonly record: AuditRecord;
  readonly file: string;
}

/** The last record of the newest file that a trail has put aside; undefined where there is none that can be trusted. */
export function lastArchived(path: string, seal: Seal): Head | undefined {
  const files = nodeFiles();
  const paths = nodePaths();
  const prefix = `${paths.basename(path)}.`;
  const newest = files
    .readdirSync(paths.dirname(path))
    .filter((name) => name.startsWith(prefix) && /^\d{12}$/.test(name.slice(prefix.length)))
    .sort()
    .at(-1);
  if (newest === undefined) return undefined;
  const file = files.openSync(paths.join(paths.dirname(path), newest), files.constants['O_RDONLY'] ?? 0);
  try {
    const { line, torn } = readTail(file);
    const read = line === undefined || torn.length > 0 ? undefined : readLine(line, seal);
    return read?.isSealed === true ? { record: read.record, file: newest } : undefined;
  } finally {
    files.closeSync(file);
  }
}

interface TextCodec {
  readonly TextDecoder: new () => { decode(bytes: Uint8Array): string };
}

function decode(bytes: Uint8Array): string {
  return new (globalThis as unknown as TextCodec).TextDecoder().decode(bytes);
}
