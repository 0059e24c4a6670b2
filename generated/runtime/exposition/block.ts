// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { ByteText, endOfLine } from './byte-text.js';
import type { RowText } from './row-text.js';

/** What a value becomes before it is known whether it has the width of the one it replaces. */
const newValue = new ByteText();
/** What a block becomes before it takes the place of the old one. */
const newBlock = new ByteText(1 << 15);

/** The text of a block, which is not changed while somebody has borrowed it. */
export interface BlockText {
  bytes: Uint8Array;
  length: number;
  borrowers: number;
}

/**
 * The text of some neighbouring rows. A value that is as wide as the last one is written over it; where one is wider or narrower, or
 * rows come and go, the block is put together anew out of what it was.
 */
export class Block {
  text: BlockText = { bytes: new Uint8Array(0), length: 0, borrowers: 0 };
  private readonly first: number;
  private readonly rowText: RowText;
  /** By row of the block and line of the row, where the value begins; 0: the row is not shown. */
  private readonly valueAt: Uint32Array;

  constructor(rowText: RowText, first: number, rows: number) {
    this.rowText = rowText;
    this.first = first;
    this.valueAt = new Uint32Array(rows * rowText.lines);
  }

  shows(row: number): boolean {
    return (this.valueAt[(row - this.first) * this.rowText.lines] ?? 0) !== 0;
  }

  /**
   * Writes the values of the first `count` of some rows, which are shown and in ascending order. Where all are as wide as the old ones,
   * nothing moves. From the first that is not, at `from`, text is gathered in `out`: old bytes before `stretch` are in it, those behind
   * have not been looked at.
   */
  renew(rows: Int32Array, count: number): void {
    const { valueAt, rowText, first } = this;
    const { bytes } = this.ownText();
    const { lines } = rowText;
    const out = newBlock;
    out.length = 0;
    let from = 0;
    let stretch = 0;
    let slot = 0;
    for (let each = 0; each < count; each += 1) {
      const row = rows[each] ?? 0;
      const rowSlot = (row - first) * lines;
      this.move(slot, rowSlot, from + out.length - stretch);
      rowText.read(row);
      for (slot = rowSlot; slot < rowSlot + lines; slot += 1) {
        newValue.length = 0;
        rowText.appendValue(newValue, row, slot - rowSlot);
        const start = valueAt[slot] ?? 0;
        const end = endOfLine(bytes, start) - 1;
        if (end - start === newValue.length) {
          overwrite(bytes, start, newValue);
          valueAt[slot] = from + out.length + start - stretch;
        } else {
          if (stretch === 0) from = stretch = start;
          out.copy(bytes, stretch, start);
          valueAt[slot] = from + out.length;
          out.copy(newValue.bytes, 0, newValue.length);
          stretch = end;
        }
      }
    }
    if (stretch === 0) return;
    this.move(slot, valueAt.length, from + out.length - stretch);
    this.splice(from, stretch, out);
  }

  /** Puts all rows together anew, where some came or went. */
  rearrange(rowCount: number, isShown: (row: number) => boolean): void {
    const { valueAt, rowText, first } = this;
    const { bytes } = this.text;
    const { lines } = rowText;
    const out = newBlock;
    out.length = 0;
    let old = 0;
    for (let row = first, slot = 0; row < rowCount && slot < valueAt.length; row += 1, slot += lines) {
      const lastValue = valueAt[slot + lines - 1] ?? 0;
      if (isShown(row)) {
        rowText.read(row);
        if (lastValue === 0) rowText.appendRow(out, row, valueAt, slot);
        else rowText.appendKnownRow(out, row, valueAt, slot, bytes, old);
      } else if (lastValue !== 0) valueAt.fill(0, slot, slot + lines);
      if (lastValue !== 0) old = endOfLine(bytes, lastValue);
    }
    this.replace(out);
  }

  /** Moves what is shown. */
  private move(start: number, end: number, by: number): void {
    if (by === 0) return;
    const { valueAt } = this;
    for (let slot = start; slot < end; slot += 1) {
      const at = valueAt[slot] ?? 0;
      if (at !== 0) valueAt[slot] = at + by;
    }
  }

  /** The text, to be changed in place. */
  private ownText(): BlockText {
    const { bytes, length, borrowers } = this.text;
    if (borrowers > 0) this.text = { bytes: bytes.slice(), length, borrowers: 0 };
    return this.text;
  }

  /** Puts other bytes in the place of those from `start` to `end`. */
  private splice(start: number, end: number, { bytes, length }: ByteText): void {
    const { text } = this;
    const tail = start + length;
    const newLength = tail + text.length - end;
    if (newLength > text.bytes.length) {
      const larger = new Uint8Array(newLength + (newLength >> 5));
      larger.set(text.bytes.subarray(0, start));
      larger.set(text.bytes.subarray(end, text.length), tail);
      text.bytes = larger;
    } else if (tail !== end) {
      text.bytes.copyWithin(tail, end, text.length);
    }
    text.bytes.set(bytes.subarray(0, length), start);
    text.length = newLength;
  }

  private replace({ bytes, length }: ByteText): void {
    const { bytes: old, borrowers } = this.text;
    if (borrowers > 0 || length > old.length || 2 * length < old.length)
      this.text = { bytes: new Uint8Array(length + (length >> 5)), length, borrowers: 0 };
    this.text.bytes.set(bytes.subarray(0, length));
    this.text.length = length;
  }
}

/** Writes over a value that is as wide. */
function overwrite(bytes: Uint8Array, start: number, value: ByteText): void {
  const from = value.bytes;
  for (let index = 0; index < value.length; index += 1) bytes[start + index] = from[index] ?? 0;
}
