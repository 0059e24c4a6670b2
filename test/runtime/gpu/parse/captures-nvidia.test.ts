import { describe, expect, test } from 'vitest';
import { parseNvidiaCsv } from '../../../../src/runtime/gpu/parse/nvidia-csv.js';
import { parseNvidiaList } from '../../../../src/runtime/gpu/parse/nvidia-list.js';
import { parseNvidiaProcesses } from '../../../../src/runtime/gpu/parse/nvidia-processes.js';
import { parseNvidiaXml } from '../../../../src/runtime/gpu/parse/nvidia-xml.js';
import { areThere, capture, capturesOf } from './captures.js';
import { expectedOfCsv } from './expected/nvidia-csv.js';
import { expectedOfXml } from './expected/nvidia-xml.js';
import { mib } from './expected/units.js';

describe.skipIf(!areThere)('captures of nvidia-smi --query-gpu', () => {
  const ending = '.query-gpu.csv';

  test('each has its expected values', () => {
    const names = capturesOf('nvidia/csv', ending).map((name) => name.slice(0, -ending.length));
    expect(names.sort()).toEqual([...expectedOfCsv.keys()].sort());
  });

  test.each([...expectedOfCsv])('%s', (name, sample) => {
    expect(parseNvidiaCsv(capture(`nvidia/csv/${name}${ending}`))).toEqual({ sample });
  });

  test.each([...expectedOfCsv])('%s without header and units', (name, sample) => {
    const [header = '', ...rows] = capture(`nvidia/csv/${name}${ending}`).trimEnd().split('\n');
    const fields = header.split(', ').map((field) => field.replace(/ \[.*\]$/, ''));
    const bare = rows.map((row) => row.replaceAll(/(?<=\d) (?:%|us|MiB|W|MHz|ms)(?=,|$)/g, ''));
    expect(parseNvidiaCsv(bare.join('\n'), fields)).toEqual({ sample });
  });
});

describe.skipIf(!areThere)('captures of nvidia-smi -q -x', () => {
  test('each has its expected values', () => {
    const names = capturesOf('nvidia/xml', '.xml').map((name) => name.slice('telegraf__'.length, -4));
    expect(names.sort()).toEqual([...expectedOfXml.keys()].sort());
  });

  test.each([...expectedOfXml])('%s', (name, sample) => {
    expect(parseNvidiaXml(capture(`nvidia/xml/telegraf__${name}.xml`))).toEqual({ sample });
  });
});

describe.skipIf(!areThere)('captures of nvidia-smi --query-compute-apps', () => {
  const ending = '.compute-apps.csv';
  const onDevice = (...used: readonly (readonly [pid: number, mebibytes: number])[]): unknown => [
    {
      uuid: 'GPU-00000000-0000-0000-0000-000000000000',
      processes: used.map(([pid, amount]) => ({ pid, used: mib(amount) })),
    },
  ];
  /** Read by eye from the files in `nvidia/csv`. Windows does not say what a process uses. */
  const said: Readonly<Record<string, unknown>> = {
    'linux__nvidia-geforce-rtx-2080-super__595.71.05__load': onDevice([5268, 370], [5267, 230]),
    'linux__nvidia-geforce-rtx-2080-super__610.57.04__load': onDevice([28_512, 370], [28_511, 230]),
    'linux__nvidia-h100-80gb-hbm3__590.48.01__load': onDevice(
      [11_327, 2566],
      [11_328, 1542],
      [11_345, 15_690],
    ),
    'linux__nvidia-h100-mig__590.48.01__load': onDevice([21_180, 2296], [21_181, 1272], [21_198, 7484]),
    'linux__nvidia-h200__590.48.01__load': onDevice([10_291, 2566], [10_293, 1542], [10_309, 28_234]),
  };

  test.each(capturesOf('nvidia/csv', ending))('%s', (name) => {
    const expected = said[name.slice(0, -ending.length)] ?? [];
    expect(expected === said[name.slice(0, -ending.length)]).toBe(/linux.*load/.test(name));
    expect(parseNvidiaProcesses(capture(`nvidia/csv/${name}`))).toEqual(expected);
  });
});

describe.skipIf(!areThere)('captures of nvidia-smi -L', () => {
  const uuid = 'GPU-00000000-0000-0000-0000-000000000000';
  const turing = 'NVIDIA GeForce RTX 2080 SUPER';
  const migDevice = (device: string, profile: string): unknown => ({
    ...{ device, profile, uuid: `MIG-0000000${device}-0000-0000-0000-00000000000${device}` },
  });

  test.each<[string, string, readonly unknown[]]>([
    ['linux__nvidia-geforce-rtx-2080-super__595.71.05', turing, []],
    ['linux__nvidia-geforce-rtx-2080-super__610.57.04', turing, []],
    ['linux__nvidia-h100-80gb-hbm3__590.48.01', 'NVIDIA H100 80GB HBM3', []],
    [
      'linux__nvidia-h100-mig__590.48.01',
      'NVIDIA H100 80GB HBM3',
      [
        migDevice('0', '3g.40gb'),
        migDevice('1', '2g.20gb'),
        migDevice('2', '1g.10gb'),
        migDevice('3', '1g.10gb'),
      ],
    ],
    ['linux__nvidia-h200__590.48.01', 'NVIDIA H200', []],
    ['win__nvidia-geforce-rtx-2080-super__591.86', turing, []],
    ['win__nvidia-geforce-rtx-2080-super__610.62', turing, []],
  ])('%s', (file, name, mig) => {
    expect(parseNvidiaList(capture(`nvidia/text/${file}.list-L.txt`))).toEqual([
      { index: '0', name, uuid, mig },
    ]);
  });
});
