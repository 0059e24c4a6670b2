// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { maxNumberBytes, writeNumber } from './number-text.js';

const quote = 0x22;
const backslash = 0x5c;
export const lineFeed = 0x0a;
const replacement = 0xfffd;

/** Text as UTF-8 that grows at its end. */
export class ByteText {
  bytes: Uint8Array;
  length = 0;

  constructor(capacity = 256) {
    this.bytes = new Uint8Array(capacity);
  }

  /** Makes sure that so many more bytes fit. */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.bytes.length));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  /** Adds a text. Halves of surrogate pairs become U+FFFD. */
  text(text: string): this {
    this.encode(text, false, false);
    return this;
  }

  /** Adds a text with backslashes and line feeds escaped, and quotes where they would end it. */
  escaped(text: string, quotes: boolean): this {
    this.encode(text, true, quotes);
    return this;
  }

  /** Adds a number as both formats write it. */
  number(value: number): void {
    this.reserve(maxNumberBytes);
    this.length = writeNumber(this.bytes, this.length, value);
  }

  byte(code: number): void {
    this.reserve(1);
    this.bytes[this.length++] = code;
  }

  /** Adds a part of other bytes. */
  copy(source: Uint8Array, start: number, end: number): void {
    this.reserve(end - start);
    // A call into the engine costs more than a short loop.
    if (end - start > 256) {
      this.bytes.set(source.subarray(start, end), this.length);
      this.length += end - start;
      return;
    }
    const { bytes } = this;
    let at = this.length;
    for (let index = start; index < end; index += 1) bytes[at++] = source[index] ?? 0;
    this.length = at;
  }

  /** A copy of what has been written. */
  toBytes(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private encode(text: string, escapes: boolean, quotes: boolean): void {
    // One UTF-16 unit is at most three bytes, or two with its escape.
    this.reserve(3 * text.length);
    const { bytes } = this;
    let at = this.length;
    for (let index = 0; index < text.length; index += 1) {
      let code = text.charCodeAt(index);
      if (code < 0x80) {
        if (escapes && (code === backslash || code === lineFeed || (quotes && code === quote))) {
          bytes[at++] = backslash;
          if (code === lineFeed) code = 0x6e;
        }
        bytes[at++] = code;
        continue;
      }
      if (code >= 0xd800 && code < 0xe000) {
        code = text.codePointAt(index) ?? replacement;
        if (code > 0xffff) index += 1;
        else code = replacement;
      }
      at = writeCodePoint(bytes, at, code);
    }
    this.length = at;
  }
}

/** Of a code point that takes more than one byte. */
function writeCodePoint(bytes: Uint8Array, start: number, code: number): number {
  let at = start;
  if (code < 0x800) {
    bytes[at++] = 0xc0 | (code >> 6);
  } else {
    if (code < 0x1_0000) {
      bytes[at++] = 0xe0 | (code >> 12);
    } else {
      bytes[at++] = 0xf0 | (code >> 18);
      bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
    }
    bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
  }
  bytes[at++] = 0x80 | (code & 0x3f);
  return at;
}

/** The place behind the line feed that ends a line. */
export function endOfLine(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== lineFeed) at += 1;
  return at + 1;
}
