// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { compareAddresses, parseBlock } from './address.js';
import type { AddressRange, AddressWords } from './address.js';

/** A line of a list that is neither an address nor a block. */
export interface BadLine {
  /** From 1. */
  readonly line: number;
  /** The line, cut to a bounded length. */
  readonly text: string;
}

/** What a list of addresses says. */
export interface AddressList {
  readonly ranges: readonly AddressRange[];
  /** The first faults. */
  readonly badLines: readonly BadLine[];
  /** How many faults there are. */
  readonly badCount: number;
}

const maxBadLines = 20;
const maxShown = 80;

/** Reads a list: one address or CIDR block a line, comments from `#` or `;` on. What cannot be read is reported, the rest is kept. */
export function parseAddressList(text: string): AddressList {
  const ranges: AddressRange[] = [];
  const badLines: BadLine[] = [];
  let badCount = 0;
  const lines = text.replace(/^\ufeff/, '').split('\n');
  for (const [index, line] of lines.entries()) {
    const entry = line.replace(/[#;].*$/, '').trim();
    if (entry === '') continue;
    const range = parseBlock(entry);
    if (range !== undefined) {
      ranges.push(range);
      continue;
    }
    badCount += 1;
    if (badLines.length < maxBadLines) badLines.push({ line: index + 1, text: entry.slice(0, maxShown) });
  }
  return { ranges, badLines, badCount };
}

/** Addresses in sorted ranges: looked up by halves, with no allocation. */
export class AddressSet {
  private readonly tables: ReadonlyMap<number, RangeTable>;

  constructor(ranges: readonly AddressRange[]) {
    this.tables = new Map(
      [1, 4].map((words) => [
        words,
        new RangeTable(
          words,
          ranges.filter(({ first }) => first.length === words),
        ),
      ]),
    );
  }

  /** Ranges that it holds, where neighbours and overlaps have become one. */
  get size(): number {
    let size = 0;
    for (const table of this.tables.values()) size += table.size;
    return size;
  }

  /** Whether an address is in one of the ranges. */
  has(address: AddressWords): boolean {
    return this.tables.get(address.length)?.has(address) ?? false;
  }
}

class RangeTable {
  readonly size: number;
  private readonly words: number;
  private readonly firsts: Uint32Array;
  private readonly lasts: Uint32Array;

  constructor(words: number, ranges: readonly AddressRange[]) {
    const merged = mergeRanges(ranges);
    this.words = words;
    this.size = merged.length;
    this.firsts = Uint32Array.from(merged.flatMap(({ first }) => [...first]));
    this.lasts = Uint32Array.from(merged.flatMap(({ last }) => [...last]));
  }

  has(address: AddressWords): boolean {
    let low = 0;
    let high = this.size;
    // The number of ranges that begin at the address or before it.
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(this.firsts, middle, address) <= 0) low = middle + 1;
      else high = middle;
    }
    return low > 0 && this.compare(this.lasts, low - 1, address) >= 0;
  }

  private compare(bounds: Uint32Array, index: number, address: AddressWords): number {
    for (let word = 0; word < this.words; word += 1) {
      const difference = (bounds[index * this.words + word] ?? 0) - (address[word] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  }
}

function mergeRanges(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const sorted = [...ranges].sort((left, right) => compareAddresses(left.first, right.first));
  const merged: AddressRange[] = [];
  for (const range of sorted) {
    const before = merged.at(-1);
    if (before === undefined || compareAddresses(range.first, before.last) > 0) merged.push(range);
    else if (compareAddresses(range.last, before.last) > 0)
      merged[merged.length - 1] = { first: before.first, last: range.last };
  }
  return merged;
}
