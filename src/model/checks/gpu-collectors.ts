import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Range } from '../../diagnostics/diagnostic.js';
import { isNull, locate, locateKey, type Located } from '../../spec/located.js';
import type { Gpu, GpuCollector } from '../../spec/spec.js';
import { parseDuration } from '../duration.js';
import type { Metric } from '../model.js';
import { presetWith } from '../preset-index.js';
import type { CheckInput, Rule } from './rule.js';

type Vendor = keyof NonNullable<Gpu['collectors']>;
type Source = NonNullable<GpuCollector['source']>;
type Family = NonNullable<GpuCollector['metrics']>[number];

/** The sources of each vendor; `auto`, which they all have, is the first of them that works. */
const sources: Readonly<Record<Vendor, readonly Source[]>> = {
  nvidia: ['auto', 'dcgm', 'nvidia-smi', 'nvml'],
  amd: ['auto', 'amd-smi', 'rocm-smi'],
  intel: ['auto', 'xpu-smi'],
  jetson: ['auto', 'tegrastats'],
  apple: ['auto', 'ioreg'],
};

/** What only one vendor's devices have. */
const ofNvidia: readonly Family[] = ['xid', 'nvlink'];

const leastIntervalSeconds = 1;
const defaultIntervalSeconds = 15;

/** A collector as it stands in the spec, and the places of its keys. */
interface Collector {
  readonly vendor: Vendor;
  readonly settings: GpuCollector;
  /** The place of the value at a path below the collector. */
  readonly at: (...path: readonly (string | number)[]) => Range;
  readonly key: (name: string) => Range;
}

/** OBS3070: what is collected is shown by a metric. */
export const gpuMetrics: Rule = function* ({ model, loaded: { root } }) {
  const place = locateKey(root, ['gpu', 'collectors']);
  const collectors = locate(root, ['gpu', 'collectors']);
  if (place === undefined || collectors?.kind !== 'map' || collectors.entries.size === 0) return;
  if ([...model.metrics.values()].some(isOfPreset)) return;
  yield diagnostic('OBS3070', {
    message: 'there is no metric that the collectors could feed',
    range: place.range,
    help: 'the preset `gpu` comes with the collectors and has them: do not take its metrics out',
  });
};

/** One of the same name with labels of its own is another metric. */
function isOfPreset({ name, labels }: Metric): boolean {
  return presetWith('metrics', name) === 'gpu' && labels.every(({ key }) => key.startsWith('gpu.'));
}

/** OBS3071 to OBS3074: each collector reads what it can, and no more often than it can. */
export const gpuCollectors: Rule = function* (input) {
  for (const collector of collectorsOf(input)) {
    yield* sourceOfAnother(collector);
    yield* keysWithoutEffect(collector);
    yield* hastyReadings(collector);
    yield* untoldFamilies(collector);
  }
};

function collectorsOf({ spec, loaded: { root } }: CheckInput): readonly Collector[] {
  const vendors = Object.keys(sources) as Vendor[];
  return vendors.flatMap((vendor): Collector[] => {
    const path = ['gpu', 'collectors', vendor] as const;
    const node = locate(root, path);
    if (node === undefined || isNull(node)) return [];
    const rangeOf = (found: Located | undefined): Range => (found ?? node).range;
    return [
      {
        vendor,
        settings: spec.gpu?.collectors?.[vendor] ?? {},
        at: (...below) => rangeOf(locate(root, [...path, ...below])),
        key: (name) => locateKey(root, [...path, name])?.range ?? node.range,
      },
    ];
  });
}

function* sourceOfAnother({ vendor, settings: { source }, at }: Collector): Iterable<Diagnostic> {
  if (source === undefined || sources[vendor].includes(source)) return;
  yield diagnostic('OBS3071', {
    message: `\`${source}\` knows nothing of devices of \`${vendor}\``,
    range: at('source'),
    help: `use one of ${sources[vendor].map((each) => `\`${each}\``).join(', ')}, or leave \`source\` out`,
  });
}

function* keysWithoutEffect({ vendor, settings, key }: Collector): Iterable<Diagnostic> {
  const { source = 'auto', url, command } = settings;
  if (!sources[vendor].includes(source)) return;
  const asksExporter = vendor === 'nvidia' && (source === 'auto' || source === 'dcgm');
  if (url !== undefined && !asksExporter) {
    yield diagnostic('OBS3072', {
      message: `\`url\` has no effect: \`${vendor}\` with the source \`${source}\` asks no exporter`,
      range: key('url'),
      help: vendor === 'nvidia' ? 'remove it, or set `source: dcgm`' : 'remove it',
    });
  }
  if (command !== undefined && (source === 'dcgm' || source === 'nvml')) {
    yield diagnostic('OBS3072', {
      message: `\`command\` has no effect: \`${source}\` runs no program of the vendor`,
      range: key('command'),
      help: 'remove it, or set `source: nvidia-smi`',
    });
  }
}

function* hastyReadings({ settings: { interval, timeout }, key, at }: Collector): Iterable<Diagnostic> {
  const seconds = interval === undefined ? defaultIntervalSeconds : parseDuration(interval).seconds;
  // What cannot be read is reported as such.
  if (seconds === 0) return;
  if (interval !== undefined && seconds < leastIntervalSeconds) {
    yield diagnostic('OBS3073', {
      message: `a reading every ${interval} is more than the vendors' programs stand`,
      range: at('interval'),
      help: 'leave a second between two readings, or more: Prometheus asks every 15 s or so',
    });
  } else if (timeout !== undefined && parseDuration(timeout).seconds > seconds) {
    yield diagnostic('OBS3073', {
      message: `a reading may take ${timeout}, and the next one is due after ${interval ?? `${defaultIntervalSeconds}s`}`,
      range: at('timeout'),
      related:
        interval === undefined ? [] : [{ range: key('interval'), message: 'the interval is set here' }],
      help: `lower \`timeout\` to ${interval ?? `${defaultIntervalSeconds}s`} or less`,
    });
  }
}

function* untoldFamilies({ vendor, settings: { metrics = [] }, at }: Collector): Iterable<Diagnostic> {
  if (vendor === 'nvidia') return;
  for (const [place, family] of metrics.entries()) {
    if (!ofNvidia.includes(family)) continue;
    yield diagnostic('OBS3074', {
      message: `devices of \`${vendor}\` have no \`${family}\``,
      range: at('metrics', place),
      help: 'remove it',
    });
  }
}
