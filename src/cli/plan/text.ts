import { painter } from '../../diagnostics/render/style.js';
import { grouped } from '../../model/checks/words.js';
import { printDuration } from '../../promql/duration.js';
import type { Plan } from '../../plan/plan.js';
import { sources, type SeriesSource } from '../../plan/series/series-set.js';

const sourceNames: Readonly<Record<SeriesSource, string>> = {
  service: 'metrics of the service',
  presets: 'metrics of presets',
  runtime: 'obsgen_*, what the runtime counts',
  scrape: 'up and scrape_*',
  rules: 'recorded by rules',
  alerts: 'ALERTS of rules',
  spans: 'spans, counted by the Collector',
  parts: 'the parts of the stack',
};

/** Metrics and cuts that are shown; --format json has all. */
const most = 10;

type Cells = readonly string[];

/** Rows in columns. @param right columns of figures, which end at one place */
function columns(rows: readonly Cells[], right: ReadonlySet<number>): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  return rows
    .map((row) => {
      const cells = row.map((cell, index) => {
        const width = widths[index] ?? 0;
        return right.has(index) ? cell.padStart(width) : cell.padEnd(width);
      });
      return `  ${cells.join('  ').trimEnd()}\n`;
    })
    .join('');
}

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** 12,345,678 as 12.3 MB. */
export function size(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${Number(value.toPrecision(3))} ${units[unit] ?? ''}`;
}

const rate = (perSecond: number): string =>
  perSecond >= 100 ? grouped(perSecond) : String(Number(perSecond.toPrecision(2)));

function seriesRows({ sets }: Plan): readonly Cells[] {
  const rows = sources.flatMap((source): Cells[] => {
    const own = sets.filter((set) => set.source === source);
    if (own.length === 0) return [];
    const sum = (of: 'worst' | 'expected'): number => own.reduce((total, set) => total + set[of], 0);
    const one = own.every(({ ofInstance }) => ofInstance !== undefined);
    const ofInstance = (of: 'worst' | 'expected'): string =>
      one ? grouped(own.reduce((total, set) => total + (set.ofInstance?.[of] ?? 0), 0)) : '';
    return [
      [
        sourceNames[source],
        ofInstance('expected'),
        ofInstance('worst'),
        grouped(sum('expected')),
        grouped(sum('worst')),
      ],
    ];
  });
  return [['', 'of one: expected', 'at worst', 'of all: expected', 'at worst'], ...rows];
}

function totals({ metrics, logs, traces }: Plan): readonly Cells[] {
  const { expected, worst } = metrics;
  const kept = (seconds: number): string => `kept ${printDuration(seconds)}`;
  return [
    ['', 'expected', 'at worst', ''],
    ['series in the head', grouped(expected.series), grouped(worst.series), ''],
    ['samples a second', rate(expected.samplesPerSecond), rate(worst.samplesPerSecond), ''],
    ['memory of Prometheus', size(expected.memory), size(worst.memory), 'for the head; queries come on top'],
    [
      'metrics on disk',
      size(expected.blocks),
      size(worst.blocks),
      `${kept(metrics.retention)}, ${expected.bytesPerSample.toFixed(2)} bytes a sample, blocks of ${printDuration(expected.block)}`,
    ],
    ['head and log on disk', size(expected.head), size(worst.head), ''],
    [
      'logs on disk',
      size(logs.bytes.expected),
      size(logs.bytes.worst),
      `${kept(logs.retention)}, at worst uncompressed`,
    ],
    [
      'traces on disk',
      size(traces.bytes.expected),
      size(traces.bytes.worst),
      `${kept(traces.retention)} by ${traces.store === 'tempo' ? 'Tempo' : 'Jaeger'}, ${Number((100 * traces.sampling.head * traces.sampling.tail).toPrecision(2))}% of them`,
    ],
  ];
}

function heaviest({ sets }: Plan): readonly Cells[] {
  const all = sets.reduce((sum, { worst }) => sum + worst, 0);
  return sets
    .toSorted((a, b) => b.worst - a.worst)
    .slice(0, most)
    .map(({ name, worst, expected, basis }) => [
      name,
      grouped(expected),
      grouped(worst),
      `${Math.round((100 * worst) / all)}%`,
      basis,
    ]);
}

function cuts({ cuts: all, slower, metrics, scrapeInterval }: Plan): readonly Cells[] {
  const rows = all
    .slice(0, most)
    .map(({ subject, change, saves }): Cells => [
      subject,
      change,
      grouped(saves.expected),
      grouped(saves.worst),
    ]);
  return [
    ['', '', 'series: expected', 'at worst'],
    ...rows,
    [
      'every metric',
      `target.prometheus.scrapeInterval: ${printDuration(scrapeInterval * 2)}`,
      `${size(metrics.expected.blocks - slower.blocks)} of disk`,
      '',
    ],
  ];
}

function budget({ fit }: Plan): string {
  const { worst, budget: allowed } = fit.perInstance;
  const above = fit.metrics.map(
    ({ name, worst: series }) => `  ${name}: ${grouped(series)} of ${grouped(fit.perMetric)}\n`,
  );
  return `  one instance: ${grouped(worst)} of ${grouped(allowed)} series${worst > allowed ? ', too many' : ''}\n${above.join('')}`;
}

function advice({ advice: all }: Plan): string {
  return all
    .map(({ what, replicas, cores, memory, disk, rule }) => {
      const parts = [
        ...(cores === undefined ? [] : [`${Number(cores.toPrecision(2))} cores`]),
        ...(memory === undefined ? [] : [`${size(memory)} of memory`]),
        ...(disk === undefined ? [] : [`${size(disk)} of disk`]),
      ];
      const each = parts.length === 0 ? '' : ` with ${parts.join(', ')}${replicas > 1 ? ' each' : ''}`;
      return `  ${replicas} × ${what}${each}\n      ${rule.text}\n      ${rule.url}\n`;
    })
    .join('');
}

/** The plan for people. */
export function planText(plan: Plan, color: boolean): string {
  const paint = painter(color);
  const { service, scale, instancesOfRegion, scrapeInterval, evaluationInterval, uncounted } = plan;
  const where =
    scale.regions === 1
      ? ''
      : `, ${scale.regions} regions of up to ${grouped(instancesOfRegion)}; what follows is one region`;
  const section = (title: string, text: string): string => `\n${paint('strong', title)}\n${text}`;
  const last = new Set([1, 2, 3, 4]);
  return [
    `${paint('strong', service)}: ${grouped(scale.instances)} instance${scale.instances === 1 ? '' : 's'}${where}; scraped every ${printDuration(scrapeInterval)}, rules every ${printDuration(evaluationInterval)}\n`,
    section('Sizes', columns(totals(plan), new Set([1, 2]))),
    section('Series', columns(seriesRows(plan), last)),
    uncounted.length === 0 ? '' : `  not counted: what ${uncounted.join(', ')} tell of themselves\n`,
    section(
      'What weighs most (series: expected, at worst, share)',
      columns(heaviest(plan), new Set([1, 2, 3])),
    ),
    section('What would save most', columns(cuts(plan), new Set([2, 3]))),
    section('Budget', budget(plan)),
    section('What to run', advice(plan)),
    `\nExpected: labels at ${Math.round(scale.share * 100)}% of their caps, loads as \`traffic\` declares them or as is usual; docs/plan.md tells more.\n`,
  ].join('');
}
