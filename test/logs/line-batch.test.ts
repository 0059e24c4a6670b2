import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { lossAccount } from '../../src/runtime/account.js';
import { LineBatch, type ByteTarget } from '../../src/runtime/logs/line-batch.js';

afterEach(() => {
  vi.useRealTimers();
  lossAccount.clear();
});

function lost(): number {
  return lossAccount.tallies().reduce((sum, { count }) => sum + count, 0);
}

/** What a target does when it is called: takes at most so many bytes, or fails. */
type Deed = number | 'EAGAIN' | 'ENOSPC' | 'EIO' | 'EPIPE';

/** A target that does one thing after another, and takes everything in the end. */
class Fickle implements ByteTarget {
  text = '';
  private readonly deeds: Deed[];
  private readonly decoder = new TextDecoder();

  constructor(deeds: readonly Deed[]) {
    this.deeds = [...deeds];
  }

  write(bytes: Uint8Array, offset: number, length: number): number {
    const deed = this.deeds.shift();
    if (typeof deed === 'string') throw Object.assign(new Error(deed), { code: deed });
    const taken = Math.min(deed ?? length, length);
    this.text += this.decoder.decode(bytes.subarray(offset, offset + taken), { stream: true });
    return taken;
  }
}

describe('lines', () => {
  test('arrive whole and in order through a target that is slow and fails, or are counted', () => {
    const deeds = fc.array(
      fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 0, max: 200 }) },
        { weight: 2, arbitrary: fc.constantFrom<Deed>('EAGAIN', 'ENOSPC', 'EIO') },
        { weight: 1, arbitrary: fc.constant<Deed>('EPIPE') },
      ),
      { maxLength: 12 },
    );
    const texts = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('y'.repeat(40_000))), {
      maxLength: 30,
    });
    vi.useFakeTimers();
    fc.assert(
      fc.property(texts, deeds, fc.array(fc.nat(29), { maxLength: 4 }), (given, faults, pauses) => {
        lossAccount.clear();
        const target = new Fickle(faults);
        const batch = new LineBatch(target, 'test');
        const lines = given.map((text, index) => `${index} ${text.replace(/[\n\r]/g, '')}`);
        lines.forEach((line, index) => {
          batch.write(line);
          if (pauses.includes(index)) vi.advanceTimersByTime(60);
        });
        // Longer than any series of faults.
        vi.advanceTimersByTime(60_000);
        const arrived = target.text.split('\n').slice(0, -1);
        expect(arrived).toEqual(lines.slice(0, arrived.length));
        expect(arrived.length + lost()).toBe(lines.length);
        if (!faults.includes('EPIPE')) expect(lost()).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });

  test('that find no room are counted by why', () => {
    vi.useFakeTimers();
    const line = 'x'.repeat(1023);
    for (const [deed, reason] of [
      ['EAGAIN', 'queue_full'],
      ['ENOSPC', 'write_failed'],
    ] as const) {
      lossAccount.clear();
      const target = new Fickle(Array.from({ length: 100_000 }, () => deed));
      const batch = new LineBatch(target, 'test');
      for (let index = 0; index < 10_000; index += 1) batch.write(line);
      const [tally] = lossAccount.tallies();
      expect(tally).toMatchObject({ metric: 'logs', detail: reason });
      expect(tally?.count).toBe(10_000 - (4 * 1024 * 1024) / 1024);
      batch.close();
      expect(lost()).toBe(10_000);
    }
  });

  test('wait no longer than a moment for others', () => {
    vi.useFakeTimers();
    const target = new Fickle([]);
    const batch = new LineBatch(target, 'test');
    batch.write('one');
    expect(target.text).toBe('');
    vi.advanceTimersByTime(50);
    expect(target.text).toBe('one\n');
  });
});
