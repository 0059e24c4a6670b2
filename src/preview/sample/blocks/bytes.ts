import { crc32c } from './crc.js';

const encoder = new TextEncoder();

/** Bytes that are written one after the other, in a buffer that grows. Numbers of several bytes begin with the highest one. */
export class Bytes {
  #buffer: Uint8Array<ArrayBuffer>;
  #view: DataView;
  length = 0;

  constructor(capacity = 1 << 16) {
    this.#buffer = new Uint8Array(capacity);
    this.#view = new DataView(this.#buffer.buffer);
  }

  /** Makes room for so many bytes more. */
  reserve(more: number): void {
    if (this.length + more <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(this.#buffer.length * 2, this.length + more));
    larger.set(this.#buffer);
    this.#buffer = larger;
    this.#view = new DataView(larger.buffer);
  }

  byte(value: number): void {
    this.reserve(1);
    this.#buffer[this.length] = value;
    this.length += 1;
  }

  uint32(value: number): void {
    this.reserve(4);
    this.#view.setUint32(this.length, value);
    this.length += 4;
  }

  uint64(value: number): void {
    this.uint32(Math.floor(value / 2 ** 32));
    this.uint32(value % 2 ** 32);
  }

  /** Seven bits a byte, the lowest first. */
  uvarint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  /** The same with a sign, which is the lowest bit. */
  varint(value: number): void {
    this.uvarint(value < 0 ? -value * 2 - 1 : value * 2);
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.#buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** The number of bytes of a text, and the text. */
  text(value: string): void {
    const bytes = encoder.encode(value);
    this.uvarint(bytes.length);
    this.raw(bytes);
  }

  /** Zeros up to a multiple of `size`. */
  align(size: number): void {
    while (this.length % size !== 0) this.byte(0);
  }

  /** The checksum of what was written since. */
  checksum(from: number): void {
    this.uint32(crc32c(this.#buffer, from, this.length));
  }

  /** A section: its length in four bytes, its content, a checksum of the content. */
  section(write: () => void): void {
    const lengthAt = this.length;
    this.uint32(0);
    const from = this.length;
    write();
    this.#view.setUint32(lengthAt, this.length - from);
    this.checksum(from);
  }

  /** What was written, without a copy. */
  written(): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }
}
