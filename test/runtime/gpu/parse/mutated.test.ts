import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GpuSample } from '../../../../src/runtime/gpu/device.js';
import type { GpuReading } from '../../../../src/runtime/gpu/failure.js';
import { parseAmdSmi } from '../../../../src/runtime/gpu/parse/amd-smi.js';
import { parseIoreg } from '../../../../src/runtime/gpu/parse/ioreg.js';
import { parseKernelLog } from '../../../../src/runtime/gpu/parse/kernel-log.js';
import { parseNvidiaCsv } from '../../../../src/runtime/gpu/parse/nvidia-csv.js';
import { parseNvidiaList } from '../../../../src/runtime/gpu/parse/nvidia-list.js';
import { parseNvidiaProcesses } from '../../../../src/runtime/gpu/parse/nvidia-processes.js';
import { parseNvidiaXml } from '../../../../src/runtime/gpu/parse/nvidia-xml.js';
import { parseRocmSmi } from '../../../../src/runtime/gpu/parse/rocm-smi.js';
import { parseTegrastats } from '../../../../src/runtime/gpu/parse/tegrastats.js';
import { toolFault } from '../../../../src/runtime/gpu/parse/tool-fault.js';
import { parseXpuSmi } from '../../../../src/runtime/gpu/parse/xpu-smi.js';
import { gpusOfXml, membersOfJson, rowsOfCsv } from './cells.js';
import { areThere, capture, capturesOf, errorCapture } from './captures.js';
import { mutated, mutations } from './mutation.js';
import { inventedIn, outOfRange } from './oracle.js';
import { runs } from '../../../support/long.js';

interface Output {
  readonly name: string;
  readonly text: string;
  readonly parse: (text: string) => GpuReading<GpuSample>;
  /** The parts of a text of which each may be a device's. */
  readonly parts: (text: string) => readonly string[];
}

const lines = (text: string): readonly string[] => text.split(/\r?\n/);
/** Two at least, of which a change may have spoilt others. */
const dottedNames = /(?:[a-z_]{3,}\.[a-z_]{3,}[^,]*,.*){2}/;
const entries = (text: string): readonly string[] => text.split(/^\+-o /m);

const fields = [
  ...['index', 'count', 'uuid', 'name', 'driver_version', 'memory.total', 'memory.used', 'memory.free'],
  ...[
    'utilization.gpu',
    'utilization.memory',
    'temperature.gpu',
    'power.draw',
    'enforced.power.limit',
    'clocks.sm',
  ],
  ...[
    'ecc.errors.corrected.volatile.total',
    'remapped_rows.pending',
    'gpu_recovery_action',
    'mig.mode.current',
  ],
  'clocks_event_reasons.sw_power_cap',
];
const row = (index: number): string =>
  `${index}, 3, GPU-${index}, NVIDIA A10, 590.48, 23028, 1967${index}, 3${index}50, 4${index}, 1${index}, 6${index}, 5${index}.98, 150.00, 171${index}, ${index}, No, None, Disabled, Not Active\n`;

/** Written after the captures, so that there is something to change where they are not. */
const own: readonly Output[] = [
  {
    name: 'rows',
    text: row(0) + row(1) + row(2),
    parse: (text) => parseNvidiaCsv(text, fields),
    parts: rowsOfCsv(dottedNames, fields.length),
  },
  {
    name: 'log',
    text: `<?xml version="1.0" ?>\n<nvidia_smi_log>\n<attached_gpus>2</attached_gpus>\n${[1, 2].map(gpu).join('\n')}\n</nvidia_smi_log>\n`,
    parse: (text) => parseNvidiaXml(text),
    parts: gpusOfXml,
  },
  {
    name: 'line',
    text: 'RAM 6185/7620MB (lfb 8x2MB) EMC_FREQ 43%@2133 GR3D_FREQ 63%@[621] gpu@53.343C tj@53.968C VDD_IN 12479mW/12479mW VDD_GPU_SOC 4667mW/4512mW\n',
    parse: parseTegrastats,
    parts: lines,
  },
  {
    name: 'entry',
    text: '+-o AGXAccelerator  <class AGXAccelerator>\n  {\n    "model" = "Apple M4"\n    "PerformanceStatistics" = {"Alloc system memory"=8270495744,"Device Utilization %"=16,"In use system memory"=2914402304}\n  }\n',
    parse: parseIoreg,
    parts: entries,
  },
  {
    name: 'metric',
    text: JSON.stringify(
      [0, 1].map((index) => ({
        gpu: index,
        usage: { gfx_activity: { value: 10 + index, unit: '%' }, umc_activity: 'N/A' },
        power: { socket_power: { value: 140 + index, unit: 'W' } },
        mem_usage: {
          total_vram: { value: 19_659, unit: 'MB' },
          used_vram: { value: 283 + index, unit: 'MB' },
        },
        ecc: { total_correctable_count: index },
      })),
      null,
      1,
    ),
    parse: parseAmdSmi,
    parts: membersOfJson,
  },
  {
    name: 'stats',
    text: '{"device_id": 0, "device_level": [{"metrics_type": "XPUM_STATS_POWER", "value": 14.6}, {"metrics_type": "XPUM_STATS_MEMORY_USED", "value": 24}]}',
    parse: parseXpuSmi,
    parts: membersOfJson,
  },
];

function gpu(number: number): string {
  return `<gpu id="00000000:0${number}:00.0">
<uuid>GPU-${number}</uuid>
<fan_speed>3${number} %</fan_speed>
<mig_mode>
<current_mig>Enabled</current_mig>
</mig_mode>
<mig_devices>
<mig_device>
<gpu_instance_id>${number}</gpu_instance_id>
<fb_memory_usage>
<total>4044${number} MiB</total>
<used>1109${number} MiB</used>
</fb_memory_usage>
</mig_device>
</mig_devices>
<fb_memory_usage>
<total>8155${number} MiB</total>
<used>1112${number} MiB</used>
<free>6995${number} MiB</free>
</fb_memory_usage>
<ecc_errors>
<volatile>
<sram_correctable>${number}</sram_correctable>
<dram_correctable>4</dram_correctable>
</volatile>
</ecc_errors>
<temperature>
<gpu_temp>5${number} C</gpu_temp>
</temperature>
<clocks>
<sm_clock>198${number} MHz</sm_clock>
</clocks>
</gpu>`;
}

/** Clocks that a device could have are most of a log, and nothing reads them. */
const withoutSupportedClocks = (text: string): string =>
  text.replaceAll(/^.*supported_(?:graphics|mem)_clock>.*\n|^.*<value>.*\n/gm, '');

const captured = (): readonly Output[] => [
  ...capturesOf('nvidia/csv', '.query-gpu.csv').map((name) => ({
    ...{
      name,
      text: capture(`nvidia/csv/${name}`),
      parse: (text: string) => parseNvidiaCsv(text),
      parts: rowsOfCsv(dottedNames),
    },
  })),
  ...capturesOf('nvidia/xml', '.xml').map((name) => ({
    ...{ name, text: withoutSupportedClocks(capture(`nvidia/xml/${name}`)) },
    ...{ parse: (text: string) => parseNvidiaXml(text), parts: gpusOfXml },
  })),
  ...capturesOf('amd', '').map((name) => ({
    ...{
      name,
      text: capture(`amd/${name}`),
      parts: name.endsWith('.csv') ? rowsOfCsv(/^device,/) : membersOfJson,
    },
    parse: name.startsWith('amd-smi') ? parseAmdSmi : parseRocmSmi,
  })),
  ...capturesOf('intel', '').map((name) => ({
    ...{ name, text: capture(`intel/${name}`), parse: parseXpuSmi },
    parts: name.endsWith('.csv')
      ? rowsOfCsv(/^\s*Timestamp\s*,/)
      : (text: string) => [text, ...membersOfJson(text)],
  })),
  ...capturesOf('jetson', '').map((name) => ({
    ...{ name, text: capture(`jetson/${name}`), parse: parseTegrastats, parts: lines },
  })),
  ...['beszel__csv-4x-a10', 'beszel__csv-mixed-na'].map((name) => {
    const { stdout, fields: asked = '' } = errorCapture(name);
    return {
      name,
      text: stdout,
      parse: (text: string) => parseNvidiaCsv(text, asked.split(',')),
      parts: rowsOfCsv(dottedNames, asked.split(',').length),
    };
  }),
];

const outputs = areThere ? [...own, ...captured()] : own;

/** Twenty thousand in the long run. */
const changed = runs(20_000);

test(`${changed} changed outputs: none throws, and no figure is invented`, () => {
  let samples = 0;
  let faults = 0;
  fc.assert(
    fc.property(fc.constantFrom(...outputs), mutations, ({ text, parse, parts }, changes) => {
      const output = mutated(text, changes);
      const { sample, fault } = parse(output);
      expect(sample ?? fault).toBeDefined();
      if (fault !== undefined) {
        faults += 1;
        expect(fault.message).not.toMatch(/[\n\r]/);
      }
      if (sample === undefined) return;
      samples += 1;
      const candidates = parts(output);
      expect(new Set(sample.devices.map(({ index }) => index)).size).toBe(sample.devices.length);
      for (const device of sample.devices) {
        expect(outOfRange(device)).toEqual([]);
        const isTold = candidates.some((part) => inventedIn(device, part).length === 0);
        if (!isTold) expect(candidates.map((part) => inventedIn(device, part))).toContainEqual([]);
      }
    }),
    { numRuns: changed },
  );
  // What nothing comes of proves nothing.
  expect(samples).toBeGreaterThan(changed / 4);
  expect(faults).toBeGreaterThan(changed / 10);
}, 600_000);

test('lists, logs and words of failures, changed: none throws', () => {
  const texts = [
    'GPU 0: NVIDIA H100 (UUID: GPU-a)\n  MIG 3g.40gb     Device  0: (UUID: MIG-b)\n',
    'gpu_uuid, pid, process_name, used_gpu_memory [MiB]\nGPU-a, 7, ./burn, 10 MiB\n',
    '6,1234,5678901234,-;NVRM: Xid (PCI:0000:9b:00): 79, pid=1\n[Sun Feb 23 16:24:18 2025] NVRM: Xid (PCI:0000:9b:00): 119, x\n',
    "Unable to determine the device handle for GPU3: 0000:04:00.0: Unknown Error\nNVIDIA-SMI has failed because it couldn't communicate",
  ];
  fc.assert(
    fc.property(fc.constantFrom(...texts), mutations, (text, changes) => {
      const output = mutated(text, changes);
      for (const { index } of parseNvidiaList(output)) expect(output).toContain(index);
      for (const { processes } of parseNvidiaProcesses(output))
        for (const { pid } of processes) expect(output).toContain(String(pid));
      for (const { address, xid } of parseKernelLog(output)) {
        expect(output).toContain(address);
        expect(output).toContain(String(xid));
      }
      expect(toolFault({ tool: 'nvidia-smi', exitCode: 1, stdout: '', stderr: output })).toBeDefined();
    }),
    { numRuns: runs(2000) },
  );
});
