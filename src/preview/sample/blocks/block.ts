import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Bytes } from './bytes.js';
import { compareLabels, indexFile, type ChunkPlace, type IndexedSeries } from './index-file.js';
import { XorChunk } from './xor-chunk.js';

const magic = 0x85bd40dd;
const version = 1;
const xorEncoding = 1;
/** Samples of a chunk: as many as Prometheus writes, so that a query reads no more than it needs. */
const perChunk = 120;

/** Letters of Crockford's base 32. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A name as blocks have it, which is the same for the same content: 48 bits of time and 80 that tell blocks of one time apart. */
function blockName(time: number, content: string): string {
  let name = '';
  for (let rest = time, index = 0; index < 10; index += 1) {
    name = `${letters.charAt(rest % 32)}${name}`;
    rest = Math.floor(rest / 32);
  }
  const digest = createHash('sha256').update(content).digest();
  return name + Array.from(digest.subarray(0, 16), (byte) => letters.charAt(byte & 31)).join('');
}

/** A block of Prometheus's storage, series by series. */
export class BlockWriter {
  readonly #chunks = new Bytes(1 << 22);
  readonly #chunk = new XorChunk();
  readonly #series: IndexedSeries[] = [];
  #samples = 0;
  #first = Infinity;
  #last = -Infinity;

  constructor() {
    this.#chunks.uint32(magic);
    this.#chunks.uint32(version << 24);
  }

  /**
   * Adds a series with its samples, of which there is one at least.
   * @param labels sorted by name, __name__ among them
   * @param times milliseconds, ascending
   */
  add(labels: IndexedSeries['labels'], times: Float64Array, values: Float64Array, count: number): void {
    const places: ChunkPlace[] = [];
    for (let from = 0; from < count; from += perChunk) {
      const to = Math.min(count, from + perChunk);
      const data = this.#chunk.encode(times, values, from, to);
      const place = this.#chunks.length;
      this.#chunks.uvarint(data.length);
      const checked = this.#chunks.length;
      this.#chunks.byte(xorEncoding);
      this.#chunks.raw(data);
      this.#chunks.checksum(checked);
      places.push({ first: times[from] ?? 0, last: times[to - 1] ?? 0, place });
    }
    if (count === 0) return;
    this.#series.push({ labels, chunks: places });
    this.#samples += count;
    this.#first = Math.min(this.#first, times[0] ?? Infinity);
    this.#last = Math.max(this.#last, times[count - 1] ?? -Infinity);
  }

  /** Writes the block into a folder of its own below a folder for data; nothing where there is no series. */
  finish(folder: string): void {
    if (this.#series.length === 0) return;
    const series = this.#series.toSorted((a, b) => compareLabels(a.labels, b.labels));
    const ulid = blockName(
      this.#last,
      JSON.stringify([this.#first, this.#last, this.#samples, series.length]),
    );
    const block = join(folder, ulid);
    mkdirSync(join(block, 'chunks'), { recursive: true });
    writeFileSync(join(block, 'chunks', '000001'), this.#chunks.written());
    writeFileSync(join(block, 'index'), indexFile(series));
    const meta = {
      ulid,
      minTime: this.#first,
      // The end is exclusive.
      maxTime: this.#last + 1,
      stats: {
        numSamples: this.#samples,
        numSeries: series.length,
        numChunks: series.reduce((sum, { chunks }) => sum + chunks.length, 0),
      },
      compaction: { level: 1, sources: [ulid] },
      version: 1,
    };
    writeFileSync(join(block, 'meta.json'), `${JSON.stringify(meta, undefined, 2)}\n`);
  }
}
