import { Bytes } from './bytes.js';

/** Samples of a series that stand together in a file of chunks; times in milliseconds. */
export interface ChunkPlace {
  readonly first: number;
  readonly last: number;
  /** Where the chunk begins: the number of the file, counted from 0, times 2^32, and the offset in it. */
  readonly place: number;
}

/** A series of a block: labels sorted by name, __name__ among them. */
export interface IndexedSeries {
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly chunks: readonly ChunkPlace[];
}

type Pairs = IndexedSeries['labels'];

const magic = 0xbaaad700;
const version = 2;
/** Series stand at multiples of this, and are referred to by the quotient. */
const seriesUnit = 16;

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The order of series: by their labels, one after the other. */
export function compareLabels(a: Pairs, b: Pairs): number {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const [one, other] = [a[index], b[index]];
    if (one === undefined || other === undefined) break;
    const order = compareText(one[0], other[0]) || compareText(one[1], other[1]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function writeSeries(
  bytes: Bytes,
  { labels, chunks }: IndexedSeries,
  symbols: ReadonlyMap<string, number>,
): void {
  const body = new Bytes(256);
  body.uvarint(labels.length);
  for (const [name, value] of labels) {
    body.uvarint(symbols.get(name) ?? 0);
    body.uvarint(symbols.get(value) ?? 0);
  }
  body.uvarint(chunks.length);
  let before: ChunkPlace | undefined;
  for (const chunk of chunks) {
    if (before === undefined) {
      body.varint(chunk.first);
      body.uvarint(chunk.last - chunk.first);
      body.uvarint(chunk.place);
    } else {
      body.uvarint(chunk.first - before.last);
      body.uvarint(chunk.last - chunk.first);
      body.varint(chunk.place - before.place);
    }
    before = chunk;
  }
  bytes.uvarint(body.length);
  const from = bytes.length;
  bytes.raw(body.written());
  bytes.checksum(from);
}

/**
 * The index of a block, as Prometheus's documentation of its storage describes version 2: symbols, series, and for each label and value the
 * series that have it.
 * @param series in the order of `compareLabels`
 */
export function indexFile(series: readonly IndexedSeries[]): Uint8Array {
  const bytes = new Bytes(1 << 20);
  bytes.uint32(magic);
  bytes.byte(version);

  const texts = new Set(series.flatMap(({ labels }) => labels.flat()));
  const sorted = ['', ...texts].sort(compareText);
  const symbols = new Map(sorted.map((text, index) => [text, index]));
  const symbolsAt = bytes.length;
  bytes.section(() => {
    bytes.uint32(sorted.length);
    for (const text of sorted) bytes.text(text);
  });

  bytes.align(seriesUnit);
  const seriesAt = bytes.length;
  const references = new Map<string, Map<string, number[]>>();
  references.set('', new Map<string, number[]>([['', []]]));
  for (const each of series) {
    bytes.align(seriesUnit);
    const reference = bytes.length / seriesUnit;
    for (const [name, value] of [['', ''] as const, ...each.labels]) {
      let values = references.get(name);
      if (values === undefined) {
        values = new Map<string, number[]>();
        references.set(name, values);
      }
      const known = values.get(value);
      if (known === undefined) values.set(value, [reference]);
      else known.push(reference);
    }
    writeSeries(bytes, each, symbols);
  }

  // Indices of labels are no longer read; empty ones stand where they used to be.
  bytes.align(4);
  const labelsAt = bytes.length;
  const postings: { readonly name: string; readonly value: string; readonly at: number }[] = [];
  const postingsAt = bytes.length;
  for (const name of [...references.keys()].sort(compareText)) {
    const values = references.get(name) ?? new Map<string, number[]>();
    for (const value of [...values.keys()].sort(compareText)) {
      bytes.align(4);
      postings.push({ name, value, at: bytes.length });
      const found = values.get(value) ?? [];
      bytes.section(() => {
        bytes.uint32(found.length);
        for (const reference of found) bytes.uint32(reference);
      });
    }
  }
  const labelTableAt = bytes.length;
  bytes.section(() => {
    bytes.uint32(0);
  });
  const postingsTableAt = bytes.length;
  bytes.section(() => {
    bytes.uint32(postings.length);
    for (const { name, value, at } of postings) {
      bytes.uvarint(2);
      bytes.text(name);
      bytes.text(value);
      bytes.uvarint(at);
    }
  });
  const contents = bytes.length;
  for (const at of [symbolsAt, seriesAt, labelsAt, labelTableAt, postingsAt, postingsTableAt])
    bytes.uint64(at);
  bytes.checksum(contents);
  return bytes.written();
}
