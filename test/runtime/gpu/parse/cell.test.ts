import { describe, expect, test } from 'vitest';
import {
  readFanSpeed,
  readFlag,
  readIndex,
  readMargin,
  readName,
  readNumber,
  readRecoveryAction,
} from '../../../../src/runtime/gpu/parse/cell.js';
import type { Quantity } from '../../../../src/runtime/gpu/parse/cell.js';

/** Words that programs print where they know no figure. */
const absentWords = [
  '[N/A]',
  'N/A',
  'n/a',
  '[Not Supported]',
  'Not Supported',
  '[Not Found]',
  'Not Found',
  '[Function Not Found]',
  '[Requested functionality has been deprecated]',
  'Requested functionality has been deprecated',
  '[Insufficient Permissions]',
  'Insufficient Permissions',
  '[Unknown Error]',
  'Unknown Error',
  '[GPU is lost]',
  '[GPU requires reset]',
  '[No data]',
  'GPU access blocked by the operating system',
  'N/A (Secondary die)',
  'None',
  'ERR!',
  '-',
  '',
  ' ',
];

/** Words that say something, and no number. */
const words = ['valid', 'Default', 'Exclusive_Process', 'P0', '0x00000000000001FF', '8x', 'Enabled', '2.1.3'];

const quantities: readonly Quantity[] = [
  'bytes',
  'ratio',
  'celsius',
  'watts',
  'joules',
  'hertz',
  'seconds',
  'count',
];

describe('a cell', () => {
  test.each<[string, Quantity, string | undefined, number]>([
    ['0 %', 'ratio', undefined, 0],
    ['57 %', 'ratio', undefined, 0.57],
    ['26.3', 'ratio', '%', 0.263],
    ['105 %', 'ratio', undefined, 1.05],
    ['81559 MiB', 'bytes', undefined, 85_520_809_984],
    ['81559', 'bytes', 'MiB', 85_520_809_984],
    ['7620MB', 'bytes', undefined, 7_990_149_120],
    ['21458059264', 'bytes', 'B', 21_458_059_264],
    ['631.95 W', 'watts', undefined, 631.95],
    ['12479mW', 'watts', undefined, 12.479],
    ['1980 MHz', 'hertz', undefined, 1.98e9],
    ['(300Mhz)'.slice(1, -1), 'hertz', undefined, 3e8],
    ['212553937 us', 'seconds', undefined, 212.553937],
    ['-7 C', 'celsius', undefined, -7],
    [' 59 ', 'celsius', 'C', 59],
    ['7', 'count', undefined, 7],
    ['1.00', 'count', undefined, 1],
    ['-0', 'celsius', 'C', 0],
  ])('%j is %s', (cell, quantity, unit, value) => {
    expect(readNumber(cell, quantity, unit)).toBe(value);
  });

  test.each<[string | number, Quantity, string | undefined]>([
    ['59', 'celsius', undefined],
    ['59 W', 'celsius', 'C'],
    ['59 °', 'celsius', 'C'],
    ['59 C 60 C', 'celsius', 'C'],
    ['1e3', 'watts', 'W'],
    ['1,5', 'watts', 'W'],
    ['0x10', 'count', undefined],
    ['Infinity', 'watts', 'W'],
    [Number.NaN, 'watts', 'W'],
    [1e300, 'watts', 'W'],
    ['106 %', 'ratio', undefined],
    ['-1 %', 'ratio', undefined],
    ['201', 'celsius', 'C'],
    ['-51', 'celsius', 'C'],
    ['10001 W', 'watts', undefined],
    ['-5', 'count', undefined],
    ['1.5', 'count', undefined],
    ['21 GHz', 'hertz', undefined],
    ['9'.repeat(40), 'count', undefined],
    // What DCGM writes for nothing, in each of its three sizes.
    ['9223372036854775794', 'count', undefined],
    ['9223372036854775794', 'celsius', 'C'],
    [Number('9223372036854775794'), 'count', undefined],
    ['2147483634', 'count', undefined],
    ['140737488355330', 'joules', 'mJ'],
    ['4294967295', 'count', undefined],
    ['1', 'watts', 'constructor'],
    // A unit in other letters is another unit.
    ['5 MW', 'watts', undefined],
    ['5 Ms', 'seconds', undefined],
    ['5 mib', 'bytes', undefined],
  ])('%j is no %s', (cell, quantity, unit) => {
    expect(readNumber(cell, quantity, unit)).toBeUndefined();
  });

  test.each([...absentWords, ...words, null, undefined, {}, [], true])('%j is no number', (cell) => {
    for (const quantity of quantities)
      for (const unit of [undefined, '%', 'MiB', 'C', 'W', 'MHz', 'us', ''])
        expect(readNumber(cell, quantity, unit)).toBeUndefined();
    expect(readIndex(cell)).toBeUndefined();
  });

  test.each(absentWords)('%j is no name', (cell) => {
    expect(readName(cell)).toBeUndefined();
  });

  test('names are taken as they stand', () => {
    expect(readName(' NVIDIA H100 80GB HBM3 ')).toBe('NVIDIA H100 80GB HBM3');
    expect(readName('Nonesuch')).toBe('Nonesuch');
    expect(readName('x'.repeat(201))).toBeUndefined();
    expect(readName('a\u0000b')).toBeUndefined();
  });

  test('flags', () => {
    expect(['Active', 'Yes', 'Enabled', '1'].map(readFlag)).toEqual([true, true, true, true]);
    expect(['Not Active', 'No', 'Disabled', '0'].map(readFlag)).toEqual([false, false, false, false]);
    for (const cell of [...absentWords, 'valid', 'P0', '2']) expect(readFlag(cell)).toBeUndefined();
  });

  test('fans may be a little faster than full speed, and margins below zero', () => {
    expect(readFanSpeed('120 %')).toBe(1.2);
    expect(readFanSpeed('201 %')).toBeUndefined();
    expect(readMargin('-8 C')).toBe(-8);
    expect(readMargin('-120', 'C')).toBe(-120);
  });

  test("what the driver asks for, in the driver's words", () => {
    const said = ['None', 'Reset', 'GPU Reset', 'Node Reboot', 'Drain P2P', 'Drain and Reset', '[N/A]', 'x'];
    expect(said.map(readRecoveryAction)).toEqual([0, 1, 1, 2, 3, 4, undefined, undefined]);
  });
});
