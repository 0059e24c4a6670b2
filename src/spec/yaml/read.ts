import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { diagnostic, fail, succeed } from '../../diagnostics/create.js';
import type { Outcome } from '../../diagnostics/diagnostic.js';
import { SourceFile } from '../../diagnostics/source-file.js';
import { limits } from '../limits.js';
import { rangeOf } from './scalar-text.js';

/** Why the operating system would not give the file, in words. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is not a folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ERR_INVALID_ARG_VALUE: 'its name holds a NUL character',
  ENXIO: 'it is not a regular file',
};

/**
 * Reads a spec file. Only regular files are read, and never more of them than the cap: a device or a pipe could go on for ever.
 * @param path as the operating system knows it
 * @param shown as people know it, with `/`
 */
export function readSource(path: string, shown: string): Outcome<SourceFile> {
  let descriptor: number | undefined;
  try {
    // Without O_NONBLOCK, opening a pipe waits for somebody to write into it.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const status = fstatSync(descriptor);
    if (!status.isFile())
      return refused(shown, status.isDirectory() ? 'it is a folder' : 'it is not a regular file');
    if (status.size > limits.fileBytes) return tooLarge(shown, status.size);
    const bytes = readUpTo(descriptor, limits.fileBytes + 1);
    if (bytes.length > limits.fileBytes) return tooLarge(shown, bytes.length);
    return decodeSource(bytes, shown);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    return refused(shown, reasons[code] ?? `the system says ${code === '' ? 'no' : code}`);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Reads until the end or the cap: a file may grow after its size was asked for. */
function readUpTo(descriptor: number, cap: number): Buffer {
  const chunks: Buffer[] = [];
  let total = 0;
  while (total < cap) {
    const chunk = Buffer.allocUnsafe(Math.min(1024 * 1024, cap - total));
    const read = readSync(descriptor, chunk, 0, chunk.length, null);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    total += read;
  }
  return Buffer.concat(chunks);
}

const emptyRange = (shown: string) => rangeOf(new SourceFile(shown, ''), 0, 0);

function refused(shown: string, reason: string): Outcome<SourceFile> {
  return fail([
    diagnostic('OBS1002', {
      message: `${shown} cannot be read: ${reason}`,
      range: emptyRange(shown),
      help: 'name a spec file that exists and that you may read; a new one begins with `version: 1` and, below it, `service: { name: my-service }`',
    }),
  ]);
}

function tooLarge(shown: string, bytes: number): Outcome<SourceFile> {
  const mebibytes = limits.fileBytes / 1024 / 1024;
  return fail([
    diagnostic('OBS1001', {
      message: `${shown} has ${bytes} bytes or more, the most is ${limits.fileBytes} (${mebibytes} MiB)`,
      range: emptyRange(shown),
      help: 'split the spec into several files and name them under `imports`',
    }),
  ]);
}

/** Strict UTF-8 to text, without a byte order mark. */
export function decodeSource(bytes: Uint8Array, shown: string): Outcome<SourceFile> {
  if (isUtf8(bytes))
    return succeed(
      new SourceFile(shown, withoutMark(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))),
    );
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return notUtf8(shown, bytes, 0, 'the file looks like UTF-16');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return notUtf8(shown, bytes, 0, 'the file looks like UTF-16');
  return notUtf8(shown, bytes, firstBadByte(bytes), undefined);
}

const withoutMark = (text: string): string => (text.startsWith('\ufeff') ? text.slice(1) : text);

/** The offset of the first byte that begins no valid sequence: the longest valid beginning, found by halving. */
function firstBadByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  // A beginning that only breaks off in the middle of a character is valid so far: up to three bytes may be missing.
  const isValid = (length: number): boolean => {
    for (let cut = 0; cut <= 3 && cut <= length; cut += 1) {
      if (!isUtf8(bytes.subarray(0, length - cut))) continue;
      return cut === 0 || canContinue(bytes.subarray(length - cut, length));
    }
    return false;
  };
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isValid(middle)) low = middle;
    else high = middle - 1;
  }
  let start = low;
  while (start > 0 && !isUtf8(bytes.subarray(0, start))) start -= 1;
  return start;
}

/** Whether bytes are the beginning of a character: filled up with a continuation that fits, they are valid. */
function canContinue(beginning: Uint8Array): boolean {
  for (const second of [0x80, 0xa0, 0x90]) {
    for (let missing = 1; missing <= 3; missing += 1) {
      const filled = beginning.length === 1 ? [second, 0x80, 0x80] : [0x80, 0x80, 0x80];
      if (isUtf8(Uint8Array.from([...beginning, ...filled.slice(0, missing)]))) return true;
    }
  }
  return false;
}

function notUtf8(
  shown: string,
  bytes: Uint8Array,
  offset: number,
  guess: string | undefined,
): Outcome<SourceFile> {
  const before = withoutMark(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, offset)));
  const source = new SourceFile(
    shown,
    withoutMark(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)),
  );
  const byte = (bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return fail([
    diagnostic('OBS1003', {
      message: `byte 0x${byte} at offset ${offset} is not valid UTF-8`,
      range: rangeOf(source, before.length, Math.min(before.length + 1, source.text.length)),
      help: guess === undefined ? 'save the file as UTF-8' : `${guess}: save it as UTF-8`,
    }),
  ]);
}
