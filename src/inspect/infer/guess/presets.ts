import { parse } from 'yaml';
import { expandBuckets } from '../../../model/buckets.js';
import type { Buckets } from '../../../spec/spec.js';
import { presetNames, presetText } from '../../../spec/presets.js';
import { seenIn, type Evidence, type SeenMetric } from '../evidence.js';

/** A metric as a preset declares it. */
export interface PresetMetric {
  readonly type: string;
  /** Names of its labels on the wire. */
  readonly labels: readonly string[];
  /** Bounds of a histogram; empty where the preset leaves them to the unit. */
  readonly bounds: readonly number[];
}

export interface PresetFacts {
  readonly name: string;
  readonly metrics: ReadonlyMap<string, PresetMetric>;
  readonly alerts: ReadonlySet<string>;
  readonly spans: ReadonlySet<string>;
}

interface PresetFile {
  readonly labels?: Readonly<Record<string, { readonly as?: string }>>;
  readonly metrics?: Readonly<
    Record<string, { readonly type: string; readonly labels?: readonly string[]; readonly buckets?: Buckets }>
  >;
  readonly alerts?: Readonly<Record<string, unknown>>;
  readonly spans?: Readonly<Record<string, unknown>>;
}

function factsOf(name: string): PresetFacts {
  const file = parse(presetText(name)) as PresetFile;
  const metrics = Object.entries(file.metrics ?? {}).map(([metric, { type, labels = [], buckets }]) => {
    const wires = labels.map((label) => file.labels?.[label]?.as ?? label);
    return [
      metric,
      { type, labels: wires, bounds: buckets === undefined ? [] : expandBuckets(buckets) },
    ] as const;
  });
  return {
    name,
    metrics: new Map(metrics),
    alerts: new Set(Object.keys(file.alerts ?? {})),
    spans: new Set(Object.keys(file.spans ?? {})),
  };
}

let known: readonly PresetFacts[] | undefined;

/** All presets. */
export function presetFacts(): readonly PresetFacts[] {
  known ??= presetNames.map(factsOf);
  return known;
}

/** Gauges of prom-client whose names say counter: the preset leaves them out. */
const totals = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/** What prom-client's collectDefaultMetrics collects. */
export function nodeDefaults(): readonly string[] {
  const node = presetFacts().find(({ name }) => name === 'node');
  return [...(node?.metrics.keys() ?? []), ...totals];
}

export interface Recognised {
  readonly facts: PresetFacts;
  readonly reason: string;
}

/** Whether a metric is what a preset declares under its name. */
function isSame(metric: SeenMetric, own: PresetMetric, skipped: (label: string) => boolean): boolean {
  const labels = [...metric.labels.keys()].filter((label) => !skipped(label));
  // A page that has no row yet tells no labels.
  const fits =
    labels.length === 0 ||
    (labels.length === own.labels.length && labels.every((each) => own.labels.includes(each)));
  return fits && (metric.type === own.type || metric.type === 'unknown');
}

/** Share of a preset's metrics that have to be there. Of Node.js' some depend on its version and on the system. */
const neededShare = { node: 0.4, others: 0.8 };

/** The presets that a service has measured by other means: their metrics are there, with their types and labels. */
export function recognisePresets(
  evidence: Evidence,
  skipped: (label: string) => boolean,
): readonly Recognised[] {
  return presetFacts().flatMap((facts): Recognised[] => {
    const { name, metrics } = facts;
    const own = [...metrics].flatMap(([metric, declared]) => {
      const seen = evidence.metrics.get(metric);
      return seen === undefined ? [] : [isSame(seen, declared, skipped)];
    });
    if (name === 'node' && own.length === 0 && evidence.pages === 0 && evidence.defaultPrefixes.has(''))
      return [{ facts, reason: 'the code calls collectDefaultMetrics()' }];
    const share = name === 'node' ? neededShare.node : neededShare.others;
    if (own.length < 2 || own.includes(false) || own.length < metrics.size * share) return [];
    return [
      { facts, reason: `${own.length} of the ${metrics.size} metrics of the preset ${name} are there` },
    ];
  });
}

/** The prefix that Node.js' default metrics stand with; undefined where there are none with a prefix. */
export function defaultPrefix(evidence: Evidence): string | undefined {
  const marks = [
    'process_cpu_user_seconds_total',
    'nodejs_heap_size_used_bytes',
    'nodejs_eventloop_lag_seconds',
  ];
  for (const metric of evidence.metrics.values()) {
    if (!seenIn(metric, 'page')) continue;
    const mark = marks.find((each) => metric.name.endsWith(each) && metric.name !== each);
    if (mark === undefined) continue;
    const prefix = metric.name.slice(0, -mark.length);
    if (marks.every((each) => evidence.metrics.has(prefix + each))) return prefix;
  }
  return [...evidence.defaultPrefixes].find((prefix) => prefix !== '');
}
