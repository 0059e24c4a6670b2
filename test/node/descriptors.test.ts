import * as fs from 'node:fs';
import { closeSync, openSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openDescriptors } from '../../src/runtime/node/descriptors.js';

// Linux before 6.2, where the size of the folder says nothing; all else is as it is here.
const olderLinux = { ...fs, statSync: () => ({ size: 0 }) } as unknown as typeof fs;

function listed(): number {
  return readdirSync('/proc/self/fd').length - 1;
}

describe.skipIf(process.platform !== 'linux')('open file descriptors', () => {
  test.each([
    ['this Linux', fs],
    ['an older Linux', olderLinux],
  ])('are counted on %s', (_, files) => {
    const count = openDescriptors(files);
    const before = count?.();
    expect(before).toBe(listed());
    const opened = [1, 2, 3].map(() => openSync('/dev/null', 'r'));
    expect(count?.()).toBe((before ?? 0) + 3);
    opened.forEach(closeSync);
    expect(count?.()).toBe(before);
  });

  test('are counted beside the event loop where an older Linux has many', async () => {
    const opened = Array.from({ length: 1500 }, () => openSync('/dev/null', 'r'));
    try {
      const count = openDescriptors(olderLinux);
      const before = count?.() ?? NaN;
      opened.push(openSync('/dev/null', 'r'));
      // The reading that this one starts is the next one's answer.
      count?.();
      await expect.poll(() => count?.()).toBe(before + 1);
    } finally {
      opened.forEach(closeSync);
    }
  });

  test('are not known where there is no /proc', () => {
    const nothing = (): never => {
      throw new Error('ENOENT');
    };
    expect(openDescriptors({ ...olderLinux, statSync: nothing, readdirSync: nothing })).toBeUndefined();
  });
});
