import { expect, test } from 'vitest';
import { parseNvidiaNvlink } from '../../../../src/runtime/gpu/parse/nvidia-nvlink.js';

test('bytes over the links of each device, all of them together', () => {
  const text = `GPU 0: NVIDIA H200 (UUID: GPU-a)
\t Link 0: Data Tx: 14984231343 KiB
\t Link 0: Data Rx: 15105998777 KiB
\t Link 1: Data Tx: 1 KiB
\t Link 1: Data Rx: 2 KiB
GPU 7: NVIDIA H200
\t Link 0: Data Tx: 0 KiB
\t Link 0: Data Rx: 0 KiB
`;
  expect(parseNvidiaNvlink(text)).toEqual([
    { index: '0', uuid: 'GPU-a', transmit: 14984231344 * 1024, receive: 15105998779 * 1024 },
    { index: '7', uuid: undefined, transmit: 0, receive: 0 },
  ]);
});

test('a link that does not tell leaves the direction out: a smaller sum would count as a new beginning', () => {
  const of = (line: string): unknown =>
    parseNvidiaNvlink(`GPU 0: A (UUID: GPU-a)\n Link 0: Data Tx: 5 KiB\n Link 1: Data Tx: ${line}\n`)[0]
      ?.transmit;
  expect(of('6 KiB')).toBe(11 * 1024);
  for (const line of ['N/A', '<inactive>', '-1 KiB', '6', '6 MiB', '6.5 KiB', '9223372036854775794 KiB'])
    expect(of(line), line).toBeUndefined();
});

test('what is no counter says nothing', () => {
  const text =
    'GPU 0: A (UUID: GPU-a)\n Link 0: 25 GB/s\n Link 0: Raw Tx: 7 KiB\n Link 0: Replay Errors: 0\n';
  expect(parseNvidiaNvlink(text)).toEqual([
    { index: '0', uuid: 'GPU-a', transmit: undefined, receive: undefined },
  ]);
  expect(parseNvidiaNvlink('')).toEqual([]);
  expect(parseNvidiaNvlink(' Link 0: Data Tx: 7 KiB')).toEqual([]);
});
