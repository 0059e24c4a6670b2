import type { Dashboard, Label, Metric, Model, Panel } from '../model/model.js';
import type { Expr } from '../promql/ast.js';
import { aggregate, binary, by, matcher, number, selector } from '../promql/build.js';
import { boardOf, withRest, type DraftRow } from './board.js';
import { genericPanel } from './generic.js';
import { memoryByModel, tokensPerWatt } from './gpu-work.js';
import { linesPanel, metricPanel, type Words } from './panels.js';
import type { Subject } from './subject.js';
import { withWatched } from './watched.js';

interface Devices {
  readonly model: Model;
  readonly metric: (name: string) => Metric | undefined;
}

const advice = {
  use: 'The share of time in which devices had work. Good: high while there is work. Low: it waits for data, or for the CPU.',
  memory:
    'The share of the memory of the devices that is taken. Good: below 95 %. Beyond it the next batch may not fit.',
  heat: 'Good: below what the maker of the device allows. Hot ones are slowed down: look at fans, dust and neighbours.',
  power: 'Power drawn, and what may be drawn. Good: below the limit. At the limit the clock is held down.',
} as const;

/** Devices are told apart by the host that they are in, and by their index; the parts of one by the number of the instance. */
const identity: ReadonlySet<string> = new Set(['gpu', 'mig']);

function deviceGroup(labels: readonly Label[]): readonly string[] {
  return ['instance', ...labels.map(({ wire }) => wire).filter((wire) => identity.has(wire))];
}

function shareOf(
  { model, metric }: Devices,
  words: Words,
  part: string,
  whole: string,
  stat: boolean,
): Panel | undefined {
  const [used, all] = [metric(part), metric(whole)];
  if (used === undefined || all === undefined) return undefined;
  const group = by(deviceGroup(used.labels));
  const share: Expr = binary(
    '/',
    aggregate('max', selector(used.name), group),
    binary('>', aggregate('max', selector(all.name), group), number(0)),
  );
  const expr = stat ? aggregate('max', share) : share;
  return linesPanel(model, used, words, [{ expr }], {
    unit: 'percentunit',
    ...(stat ? { type: 'stat' } : {}),
  });
}

function stat({ model, metric }: Devices, name: string, words: Words): Panel | undefined {
  const known = metric(name);
  return known && metricPanel(model, known, words, { show: ['max'] }, { type: 'stat' });
}

/** Devices that there should be and are not. */
function missing({ model, metric }: Devices): Panel | undefined {
  const [seen, expected] = [metric('gpu_collector_devices'), metric('gpu_collector_expected_devices')];
  if (seen === undefined || expected === undefined) return undefined;
  const each = (name: string): Expr => aggregate('max', selector(name), by(['instance', 'vendor']));
  const expr = aggregate('sum', binary('-', each(expected.name), each(seen.name)));
  const words = {
    title: 'GPUs missing',
    description:
      'Devices that the driver knows of, or that were seen before, and that are not shown now. Good: 0. A device that fell off the bus comes back with a restart of its host.',
  };
  return linesPanel(model, expected, words, [{ expr }], { type: 'stat', unit: 'short' });
}

/** Devices seen and expected, of all hosts. */
function inventory({ model, metric }: Devices): Panel | undefined {
  const found = [
    { name: 'seen', metric: metric('gpu_collector_devices') },
    { name: 'expected', metric: metric('gpu_collector_expected_devices') },
  ].flatMap(({ name, metric: known }) => {
    if (known === undefined) return [];
    const each = aggregate('max', selector(known.name), by(['instance', 'vendor']));
    return [{ name, metric: known, expr: aggregate('sum', each) }];
  });
  const [first] = found;
  const words = {
    title: 'GPUs seen and expected',
    description:
      'Good: one line. Where fewer are seen than expected, a device is lost; where both fall, a host or its collector is.',
  };
  return first && linesPanel(model, first.metric, words, found, { unit: 'short' });
}

/** How busy the devices are, their encoders and decoders left out: most of these never have work. */
function meanUse({ model, metric }: Devices): Panel | undefined {
  const use = metric('gpu_utilization_ratio');
  if (use === undefined) return undefined;
  const engine = use.labels.find(({ wire, bound }) => wire === 'engine' && bound.kind === 'closed');
  const matchers = engine === undefined ? [] : [matcher(engine.wire, '=', 'general')];
  const expr = aggregate('avg', selector(use.name, matchers));
  return linesPanel(model, use, { title: 'Use, mean', description: advice.use }, [{ expr }], {
    type: 'stat',
  });
}

function lines(
  { model, metric }: Devices,
  words: Words,
  series: readonly (readonly [string, string])[],
): Panel | undefined {
  const found = series.flatMap(([name, each]) => {
    const known = metric(each);
    if (known === undefined) return [];
    return [{ name, metric: known, expr: aggregate('max', selector(each), by(deviceGroup(known.labels))) }];
  });
  const [first] = found;
  return first && linesPanel(model, first.metric, words, found);
}

function each({ model, metric }: Devices, names: readonly string[]): readonly (Panel | undefined)[] {
  return names.map((name) => {
    const known = metric(name);
    return known && genericPanel(model, known);
  });
}

/** Devices: how busy, how full, how hot, and what is wrong with them. */
export function gpuBoard(subject: Subject): Dashboard | undefined {
  const { model } = subject;
  const metrics = subject.metricsAt('gpu');
  const [first] = metrics;
  if (first === undefined) return undefined;
  const devices: Devices = { model, metric: (name) => metrics.find((metric) => metric.name === name) };
  const rows: readonly DraftRow[] = [
    {
      title: 'Overview',
      panels: [
        meanUse(devices),
        shareOf(
          devices,
          { title: 'Fullest memory', description: advice.memory },
          'gpu_memory_used_bytes',
          'gpu_memory_total_bytes',
          true,
        ),
        stat(devices, 'gpu_temperature_celsius', { title: 'Hottest', description: advice.heat }),
        missing(devices),
        tokensPerWatt(model, 'stat'),
        stat(devices, 'gpu_recovery_action', {
          title: 'Recovery asked for',
          description:
            'What the driver asks for. Good: 0. 1 reset, 2 reboot, 3 drain, 4 drain and reset: move the work away first.',
        }),
      ],
    },
    {
      title: 'Load and memory',
      panels: [
        lines(devices, { title: 'Use', description: advice.use }, [
          ['engine', 'gpu_utilization_ratio'],
          ['memory bandwidth', 'gpu_memory_bandwidth_utilization_ratio'],
        ]),
        shareOf(
          devices,
          { title: 'Memory in use', description: advice.memory },
          'gpu_memory_used_bytes',
          'gpu_memory_total_bytes',
          false,
        ),
        ...each(devices, ['gpu_process_memory_used_bytes', 'gpu_pcie_bytes_total']),
      ],
    },
    {
      title: 'Work',
      panels: [tokensPerWatt(model, 'timeseries'), memoryByModel(model)],
    },
    {
      title: 'Heat, power, clocks',
      panels: [
        ...each(devices, ['gpu_temperature_celsius']),
        lines(devices, { title: 'Power', description: advice.power }, [
          ['drawn', 'gpu_power_watts'],
          ['limit', 'gpu_power_limit_watts'],
        ]),
        ...each(devices, [
          'gpu_temperature_margin_celsius',
          'gpu_clock_hertz',
          'gpu_throttled',
          'gpu_throttle_seconds_total',
        ]),
      ],
    },
    {
      title: 'Parts of devices (MIG)',
      collapsed: true,
      panels: [
        shareOf(
          devices,
          { title: 'Memory in use by instance', description: advice.memory },
          'gpu_mig_memory_used_bytes',
          'gpu_mig_memory_total_bytes',
          false,
        ),
        ...each(devices, ['gpu_mig_info']),
      ],
    },
    {
      title: 'Errors',
      panels: each(devices, [
        'gpu_xid_errors_total',
        'gpu_ecc_errors_total',
        'gpu_remapped_rows',
        'gpu_recovery_action',
      ]),
    },
    {
      title: 'Collector',
      collapsed: true,
      panels: [
        inventory(devices),
        ...each(devices, [
          'gpu_collector_up',
          'gpu_collector_stuck',
          'gpu_collector_success_timestamp_seconds',
          'gpu_collector_failures_total',
          'gpu_collector_duration_seconds',
        ]),
      ],
    },
  ];
  return boardOf(model, {
    name: 'gpu',
    topic: 'gpu',
    title: `${model.service.name}: GPUs`,
    description: 'Devices: how busy, how full, how hot, and what is wrong with them.',
    origin: first.origin,
    rows: withRest(model, withWatched(subject, 'gpu', rows), metrics),
  });
}
