import { monotonicSeconds } from '../../host.js';
import { soon } from '../../timers.js';
import type { GpuDevice, GpuSample } from '../device.js';
import type { GpuReading } from '../failure.js';
import { parseNvidiaList } from '../parse/nvidia-list.js';
import type { ListedGpu } from '../parse/nvidia-list.js';
import { parseNvidiaNvlink } from '../parse/nvidia-nvlink.js';
import type { NvlinkOfGpu } from '../parse/nvidia-nvlink.js';
import { parseNvidiaXml } from '../parse/nvidia-xml.js';
import type { GpuSourceOptions } from '../source.js';
import type { ToolResult } from '../tool/run-tool.js';
import type { Details } from './detailed.js';
import { readingOf } from './outcome.js';

/** Seconds from one call to the next: it tells everything, which takes long. */
const detailSeconds = 60;
/** After so many calls without an answer, what was told is old. */
const missedCalls = 3;
/** Characters; 70,000 a device at most. */
const mostCharacters = 2_000_000;

/** What the full log tells that the rows do not. */
const ofLog = ['processes', 'pcie'];

/**
 * What only further calls tell. `-q -x`: instances of devices that are cut into some, whose sizes `-L` knows; where they are asked for, memory
 * by process and what had to be sent again over PCIe. `nvlink -gt d`, where it is asked for: bytes over NVLink.
 */
export class NvidiaDetails implements Details {
  readonly program: string;
  readonly timeout: number;
  readonly mostCharacters: number = mostCharacters;
  private readonly families: ReadonlySet<string> | undefined;
  private readonly wantsLinks: boolean;
  private wantsLog = false;
  private devices: readonly GpuDevice[] = [];
  private links: readonly NvlinkOfGpu[] = [];
  private readAt = -Infinity;
  private askedAt = -Infinity;

  constructor(program: string, { timeout, families }: GpuSourceOptions) {
    this.program = program;
    this.timeout = timeout;
    this.families = families;
    this.wantsLinks = families?.has('nvlink') === true;
  }

  get calls(): readonly (readonly string[])[] {
    return [
      ...(this.wantsLog ? [['-L'], ['-q', '-x']] : []),
      ...(this.wantsLinks ? [['nvlink', '-gt', 'd']] : []),
    ];
  }

  get isKnown(): boolean {
    return this.readAt > -Infinity;
  }

  isDue({ devices }: GpuSample): boolean {
    const { families } = this;
    const wantsInstances = families === undefined || families.has('mig');
    this.wantsLog =
      ofLog.some((family) => families?.has(family) === true) ||
      (wantsInstances && devices.some(({ isPartitioned }) => isPartitioned === true));
    return (this.wantsLog || this.wantsLinks) && monotonicSeconds() - this.askedAt >= detailSeconds;
  }

  asked(): void {
    this.askedAt = monotonicSeconds();
  }

  take(results: readonly ToolResult[], done: (fault?: GpuReading<GpuSample>) => void): void {
    const [listed, log] = results;
    const ofLinks = this.wantsLinks ? results.at(-1) : undefined;
    // A host without NVLink says so in one way or another: that is no fault.
    this.links = ofLinks?.cutOff === undefined ? parseNvidiaNvlink(ofLinks?.output ?? '') : [];
    const cutOff =
      ofLinks?.cutOff === undefined ? undefined : readingOf('nvidia-smi nvlink', ofLinks, nothingRead);
    if (!this.wantsLog || listed === undefined || log === undefined) {
      this.readAt = monotonicSeconds();
      done(cutOff);
      return;
    }
    this.readLog(log, parseNvidiaList(listed.output), (fault) => {
      done(fault ?? cutOff);
    });
  }

  /** Reads what is told of one device in a turn of the event loop: all of it would hold it up for too long. */
  private readLog(
    log: ToolResult,
    list: readonly ListedGpu[],
    done: (fault?: GpuReading<GpuSample>) => void,
  ): void {
    const devices: GpuDevice[] = [];
    const parts = partsOf(log.output);
    const next = (place: number): void => {
      const result = { ...log, output: parts[place] ?? log.output };
      const reading = readingOf('nvidia-smi -q -x', result, (output) => parseNvidiaXml(output, list));
      if (reading.sample === undefined) {
        done(reading);
        return;
      }
      devices.push(...reading.sample.devices);
      if (place < parts.length - 1) {
        soon(() => {
          next(place + 1);
        });
        return;
      }
      this.devices = devices;
      this.readAt = monotonicSeconds();
      done();
    };
    // What the end of the process has cost is enough for this turn.
    soon(() => {
      next(0);
    });
  }

  with(reading: GpuReading<GpuSample>): GpuReading<GpuSample> {
    const isOld = monotonicSeconds() - this.readAt > missedCalls * detailSeconds;
    if (reading.sample === undefined || isOld) return reading;
    const devices = reading.sample.devices.map((device) => this.withOwn(device));
    return { ...reading, sample: { ...reading.sample, devices } };
  }

  /** An index may move, and is not told of each device: its identity says which one it is. */
  private withOwn(device: GpuDevice): GpuDevice {
    const isOwn = ({ uuid }: { readonly uuid?: string | undefined }): boolean =>
      uuid !== undefined && uuid === device.uuid;
    const { instances, processes, pcieReplays } = this.devices.find(isOwn) ?? {};
    const { receive, transmit } = this.links.find(isOwn) ?? {};
    return {
      ...device,
      ...(instances === undefined || device.isPartitioned !== true ? {} : { instances }),
      ...(processes === undefined ? {} : { processes }),
      ...(pcieReplays === undefined ? {} : { pcieReplays }),
      ...(receive === undefined || transmit === undefined ? {} : { nvlink: { receive, transmit } }),
    };
  }
}

function nothingRead(): GpuReading<GpuSample> {
  return {};
}

const start = '<gpu ';
const end = '</gpu>';

/** The document, with one of its devices each. */
function partsOf(document: string): readonly string[] {
  const first = document.indexOf(start);
  const head = document.slice(0, Math.max(0, first));
  const parts: string[] = [];
  for (let from = first; from >= 0; from = document.indexOf(start, from + 1)) {
    const to = document.indexOf(end, from);
    if (to < 0) break;
    parts.push(`${head}${document.slice(from, to + end.length)}\n</nvidia_smi_log>\n`);
  }
  return parts;
}
