import { readFileSync, statSync } from 'node:fs';
import type { GpuSample, GpuVendor } from '../../runtime/gpu/device.js';
import type { GpuReading } from '../../runtime/gpu/failure.js';
import type { GpuMetrics } from '../../runtime/gpu/metrics.js';
import { parseAmdSmi } from '../../runtime/gpu/parse/amd-smi.js';
import { parseIoreg } from '../../runtime/gpu/parse/ioreg.js';
import { parseNvidiaCsv } from '../../runtime/gpu/parse/nvidia-csv.js';
import { parseNvidiaXml } from '../../runtime/gpu/parse/nvidia-xml.js';
import { parseRocmSmi } from '../../runtime/gpu/parse/rocm-smi.js';
import { parseTegrastats } from '../../runtime/gpu/parse/tegrastats.js';
import { parseXpuSmi } from '../../runtime/gpu/parse/xpu-smi.js';
import { GpuPublisher } from '../../runtime/gpu/publish.js';
import { UsageError } from '../usage-error.js';
import { replayTools, type ReplayTool } from './arguments.js';

/** How the output of a tool is read, and how it is told from that of others. */
interface Replay {
  readonly vendor: GpuVendor;
  readonly parse: (text: string) => GpuReading<GpuSample>;
  /** What no other tool prints. */
  readonly sign: RegExp;
}

const replays: Readonly<Record<ReplayTool, Replay>> = {
  'nvidia-smi-xml': { vendor: 'nvidia', parse: (text) => parseNvidiaXml(text), sign: /<nvidia_smi_log\b/ },
  ioreg: { vendor: 'apple', parse: parseIoreg, sign: /^\+-o .*\n[^]*"?PerformanceStatistics/m },
  tegrastats: { vendor: 'jetson', parse: parseTegrastats, sign: /\bRAM \d+\/\d+MB\b|\bGR3D_FREQ \d/ },
  'rocm-smi': { vendor: 'amd', parse: parseRocmSmi, sign: /"card\d+"\s*:|^device,/m },
  'amd-smi': { vendor: 'amd', parse: parseAmdSmi, sign: /"gpu_data"\s*:|"gpu"\s*:\s*\d/ },
  'xpu-smi': {
    vendor: 'intel',
    parse: parseXpuSmi,
    sign: /"(?:device_level|tile_level|device_id|device_list)"\s*:|\bDevice ?Id\b|^\| Device ID\b/im,
  },
  'nvidia-smi-csv': {
    vendor: 'nvidia',
    parse: (text) => parseNvidiaCsv(text),
    sign: /^(?:.*, *)?(?:[a-z_]+\.)+[a-z_]+(?: \[[^\]]+\])?(?:,|$)|^index,|\bNVIDIA-SMI\b|^No devices were found/m,
  },
};

/** More than any tool prints in a day. */
const mostBytes = 64 * 1024 * 1024;

/**
 * Feeds metrics from a file instead of a tool, and shows them from now on.
 * @throws UsageError where the file cannot be read, or nobody knows what printed it
 */
export function replay(
  path: string,
  tool: ReplayTool | undefined,
  metrics: GpuMetrics,
): GpuReading<GpuSample> {
  const text = textOf(path);
  const { vendor, parse } = replays[tool ?? toolOf(text, path)];
  const reading = parse(text);
  const { sample, fault } = reading;
  const succeededAt = sample === undefined ? undefined : Date.now() / 1000;
  const expected = sample?.expected ?? (sample && sample.devices.length + (sample.lost?.length ?? 0));
  const status = { vendor, sample, isUp: sample !== undefined, isStuck: false, expected, succeededAt };
  const publisher = new GpuPublisher(metrics, [vendor], () => [status]);
  publisher.start();
  if (sample !== undefined) publisher.sampled(sample);
  if (fault !== undefined) publisher.failed(vendor, fault.failure);
  return reading;
}

/** The tool whose sign a text has. */
function toolOf(text: string, path: string): ReplayTool {
  const found = (Object.keys(replays) as ReplayTool[]).find((tool) => replays[tool].sign.test(text));
  if (found !== undefined) return found;
  throw new UsageError(`nothing in ${path} says which tool printed it`, [
    `name the tool with --tool: ${replayTools.join(', ')}`,
  ]);
}

function textOf(path: string): string {
  try {
    if (statSync(path).size > mostBytes)
      throw new UsageError(`${path} is larger than ${mostBytes / 1024 / 1024} MiB`, ['cut out one reading']);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UsageError(`there is no file ${path}`);
    throw new UsageError(`${path} cannot be read: ${code ?? message}`);
  }
}
