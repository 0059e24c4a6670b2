import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { limits } from '../../src/spec/limits.js';
import { decodeSource, readSource } from '../../src/spec/yaml/read.js';
import { runs } from '../support/long.js';

const folder = mkdtempSync(join(tmpdir(), 'obs-gen-read-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const read = (path: string) => readSource(path, 'spec.yaml');
const messages = (path: string) => read(path).diagnostics.map(({ code, message }) => `${code} ${message}`);

describe('reading a file', () => {
  it('gives its text without a byte order mark', () => {
    const path = join(folder, 'bom.yaml');
    writeFileSync(path, '\ufeffversion: 1\n');
    expect(read(path).value?.text).toBe('version: 1\n');
  });

  it('refuses what is no regular file, without waiting for it', () => {
    const fifo = join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    expect(messages(folder)).toEqual(['OBS1002 spec.yaml cannot be read: it is a folder']);
    expect(messages('/dev/zero')).toEqual(['OBS1002 spec.yaml cannot be read: it is not a regular file']);
    expect(messages(fifo)).toEqual(['OBS1002 spec.yaml cannot be read: it is not a regular file']);
  });

  it('names why a file cannot be read', () => {
    const loop = join(folder, 'loop');
    symlinkSync(loop, loop);
    expect(messages(join(folder, 'nothing'))).toEqual([
      'OBS1002 spec.yaml cannot be read: there is no such file',
    ]);
    expect(messages(loop)).toEqual(['OBS1002 spec.yaml cannot be read: its symbolic links lead in a circle']);
    expect(messages('a\0b')).toEqual(['OBS1002 spec.yaml cannot be read: its name holds a NUL character']);
  });

  it('refuses a file above the cap and takes one at it', () => {
    const path = join(folder, 'large.yaml');
    writeFileSync(path, '# \n');
    truncateSync(path, limits.fileBytes + 1);
    expect(read(path).diagnostics[0]?.code).toBe('OBS1001');
    writeFileSync(path, '#'.repeat(limits.fileBytes));
    expect(read(path).value?.text.length).toBe(limits.fileBytes);
  });
});

describe('decoding', () => {
  const place = (bytes: Uint8Array) => {
    const [fault] = decodeSource(bytes, 'spec.yaml').diagnostics;
    return fault?.range && { ...fault.range.source.position(fault.range.start), message: fault.message };
  };

  it.each([
    [[0xff], '0xFF at offset 4'],
    [[0xc3, 0x28], '0xC3 at offset 4'],
    [[0xe2, 0x82], '0xE2 at offset 4'],
    [[0xed, 0xa0, 0x80], '0xED at offset 4'],
    [[0xf4, 0x90, 0x80, 0x80], '0xF4 at offset 4'],
    [[0xc0, 0xaf], '0xC0 at offset 4'],
    [[0x80], '0x80 at offset 4'],
  ])('names the first byte of %j', (bad, where) => {
    const bytes = Uint8Array.from([
      ...Buffer.from('a: é'.replace('é', 'e')),
      ...bad,
      ...Buffer.from('\nb: 1\n'),
    ]);
    expect(place(bytes)).toEqual({ line: 1, column: 5, message: `byte ${where} is not valid UTF-8` });
  });

  it('finds the byte that a simple decoder stumbles over', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.uint8Array({ minLength: 1, maxLength: 6 }),
        (text, noise) => {
          const before = new TextEncoder().encode(text.replace(/^\ufeff/, ''));
          const bytes = Uint8Array.from([...before, ...noise]);
          const outcome = decodeSource(bytes, 'spec.yaml');
          let valid = bytes.length;
          const decoder = new TextDecoder('utf-8', { fatal: true });
          for (let at = 0; at < bytes.length; at += 1) {
            try {
              decoder.decode(bytes.subarray(at, at + 1), { stream: true });
            } catch {
              valid = at;
              break;
            }
          }
          if (outcome.value !== undefined) return;
          const offset = Number(/offset (\d+)/.exec(outcome.diagnostics[0]?.message ?? '')?.[1]);
          // The decoder fails at the byte that breaks a sequence, at most three bytes behind its first one.
          if (bytes[0] !== 0xfe && bytes[0] !== 0xff) expect(valid - offset).toBeLessThanOrEqual(3);
          expect(offset).toBeLessThanOrEqual(valid);
          expect(offset).toBeGreaterThanOrEqual(before.length);
        },
      ),
      { numRuns: runs(2000) },
    );
  });

  it('recognises UTF-16', () => {
    const outcome = decodeSource(Uint8Array.from([0xff, 0xfe, 0x61, 0]), 'spec.yaml');
    expect(outcome.diagnostics[0]?.help).toBe('the file looks like UTF-16: save it as UTF-8');
  });
});
