/** Bytes that one sample may take at most: a time that does not follow the others, and a value that has nothing in common with the last. */
const mostBytes = 20;

const float = new Float64Array(1);
const halves = new Uint32Array(float.buffer);
const isLittle = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
const highHalf = isLittle ? 1 : 0;
const lowHalf = 1 - highHalf;
/** The one NaN that says that a series has ended. */
const endHigh = 0x7ff00000;
const endLow = 2;

/**
 * Samples of one series as Prometheus keeps them: times by how much their distance changes, values by the bits in which they differ from
 * the one before (Pelkonen et al., "Gorilla", 2015; Prometheus's documentation of its storage, "Chunks").
 */
export class XorChunk {
  #bytes = new Uint8Array(4096);
  /** Bits that have been written. */
  #bits = 0;

  /** The chunk of the samples from one index to another (exclusive), times in milliseconds; valid until the next call. NaN ends the series. */
  encode(times: Float64Array, values: Float64Array, from: number, to: number): Uint8Array {
    const count = to - from;
    const needed = count * mostBytes + 16;
    if (this.#bytes.length < needed) this.#bytes = new Uint8Array(needed);
    else this.#bytes.fill(0, 0, (this.#bits >>> 3) + 1);
    this.#bits = 0;
    this.#put(count, 16);
    let [time, distance] = [0, 0];
    let [high, low] = [0, 0];
    let [leading, trailing] = [-1, 0];
    for (let index = from; index < to; index += 1) {
      const now = times[index] ?? 0;
      const value = values[index] ?? 0;
      float[0] = value;
      const isEnd = value !== value;
      const nowHigh = isEnd ? endHigh : (halves[highHalf] ?? 0);
      const nowLow = isEnd ? endLow : (halves[lowHalf] ?? 0);
      if (index === from) {
        this.#varint(now < 0 ? -now * 2 - 1 : now * 2);
        this.#put(nowHigh, 32);
        this.#put(nowLow, 32);
      } else {
        const change = now - time;
        if (index === from + 1) this.#varint(change);
        else this.#changeOfDistance(change - distance);
        distance = change;
        const differentHigh = (nowHigh ^ high) >>> 0;
        const differentLow = (nowLow ^ low) >>> 0;
        if (differentHigh === 0 && differentLow === 0) this.#put(0, 1);
        else {
          this.#put(1, 1);
          const zeros = differentHigh === 0 ? 32 + Math.clz32(differentLow) : Math.clz32(differentHigh);
          const before = Math.min(31, zeros);
          const after = differentLow === 0 ? 32 + trailingZeros(differentHigh) : trailingZeros(differentLow);
          if (leading >= 0 && before >= leading && after >= trailing) this.#put(0, 1);
          else {
            [leading, trailing] = [before, after];
            this.#put(1, 1);
            this.#put(leading, 5);
            // All 64 are written as 0.
            this.#put((64 - leading - trailing) & 63, 6);
          }
          this.#different(differentHigh, differentLow, leading, trailing);
        }
      }
      time = now;
      [high, low] = [nowHigh, nowLow];
    }
    return this.#bytes.subarray(0, (this.#bits + 7) >>> 3);
  }

  /** The bits between the zeros that both values have in common. */
  #different(high: number, low: number, leading: number, trailing: number): void {
    const count = 64 - leading - trailing;
    if (trailing >= 32) {
      this.#put(high >>> (trailing - 32), count);
      return;
    }
    const ofHigh = 32 - leading;
    this.#put(high, ofHigh);
    this.#put(low >>> trailing, count - ofHigh);
  }

  #changeOfDistance(change: number): void {
    if (change === 0) this.#put(0, 1);
    else if (change >= -8191 && change <= 8192) {
      this.#put(0b10, 2);
      this.#put(change & 0x3fff, 14);
    } else if (change >= -65_535 && change <= 65_536) {
      this.#put(0b110, 3);
      this.#put(change & 0x1ffff, 17);
    } else if (change >= -524_287 && change <= 524_288) {
      this.#put(0b1110, 4);
      this.#put(change & 0xfffff, 20);
    } else {
      this.#put(0b1111, 4);
      this.#put(Math.floor(change / 2 ** 32) >>> 0, 32);
      this.#put(change >>> 0, 32);
    }
  }

  /** A number without a sign, seven bits at a time; what has a sign is folded by the caller. */
  #varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.#put((rest % 0x80) | 0x80, 8);
      rest = Math.floor(rest / 0x80);
    }
    this.#put(rest, 8);
  }

  /** The lowest bits of a number, up to 32. */
  #put(value: number, count: number): void {
    let left = count;
    while (left > 0) {
      const used = this.#bits & 7;
      const taken = Math.min(8 - used, left);
      const part = (value >>> (left - taken)) & ((1 << taken) - 1);
      const place = this.#bits >>> 3;
      this.#bytes[place] = (this.#bytes[place] ?? 0) | (part << (8 - used - taken));
      this.#bits += taken;
      left -= taken;
    }
  }
}

function trailingZeros(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
