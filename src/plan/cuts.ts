import type { Label, Metric, Model } from '../model/model.js';
import { labelSize, seriesPerRow, worstCaseSeries } from '../model/series.js';
import { expectedValues } from './expected/label-values.js';
import type { SeriesSet } from './series/series-set.js';

/** Something that can be changed in the spec, and what that saves. */
export interface Cut {
  /** The metric or the label that it is about. */
  readonly subject: string;
  /** What to write. */
  readonly change: string;
  /** Series of the fullest region that are no longer there: at most, and as expected. */
  readonly saves: { readonly worst: number; readonly expected: number };
}

/** Buckets that still tell a distribution. */
const fewBuckets = 8;
/** Caps below this are not halved. */
const smallCap = 4;

interface Weighed {
  readonly metric: Metric;
  readonly set: SeriesSet;
}

/** What goes where parts of the series go: of all that can be, and of what is expected. */
function parts({ worst, expected }: SeriesSet, ofWorst: number, ofExpected: number): Cut['saves'] {
  return { worst: Math.round(worst * ofWorst), expected: Math.round(expected * ofExpected) };
}

/** Half the cap of a label, on every metric that has it. What is expected lies below most caps, and stays. */
function halvedCap(label: Label, all: readonly Weighed[], share: number): readonly Cut[] {
  const { bound, key } = label;
  if (bound.kind === 'closed' || bound.cap < smallCap) return [];
  const cap = Math.ceil(bound.cap / 2);
  const kept = Math.min(1, cap / expectedValues(label, share).length);
  const having = all.filter(({ metric }) => metric.labels.includes(label));
  const saved = having.map(({ set }) => parts(set, 1 - (cap + 1) / labelSize(label), 1 - kept));
  return [
    {
      subject: key,
      change: `cap: ${cap} instead of ${bound.cap}`,
      saves: {
        worst: saved.reduce((sum, { worst }) => sum + worst, 0),
        expected: saved.reduce((sum, { expected }) => sum + expected, 0),
      },
    },
  ];
}

/** Without the largest label of a metric that nothing in the spec reads. */
function withoutLabel({ metric, set }: Weighed, share: number): readonly Cut[] {
  const [label] = metric.labels.toSorted((a, b) => labelSize(b) - labelSize(a));
  if (label === undefined || metric.readers.length > 0) return [];
  return [
    {
      subject: metric.name,
      change: `without the label ${label.wire}: nothing in the spec reads the metric`,
      saves: parts(set, 1 - 1 / labelSize(label), 1 - 1 / expectedValues(label, share).length),
    },
  ];
}

/** Bounds that objectives ask for. */
function thresholds(model: Model, metric: Metric): readonly string[] {
  const found = [...model.slis.values()].flatMap((sli) =>
    sli.form === 'latency' && sli.histogram === metric ? [sli.threshold.text] : [],
  );
  return [...new Set(found)];
}

function fewerBuckets(model: Model, { metric, set }: Weighed): readonly Cut[] {
  if (metric.buckets.length <= fewBuckets) return [];
  const part = (metric.buckets.length - fewBuckets) / seriesPerRow(metric);
  const needed = thresholds(model, metric);
  const among = needed.length === 0 ? '' : `, ${needed.join(' and ')} among them`;
  return [
    {
      subject: metric.name,
      change: `${fewBuckets} buckets instead of ${metric.buckets.length}${among}`,
      saves: parts(set, part, part),
    },
  ];
}

/** What can be changed, by what it saves at worst. @param share of their caps that labels fill */
export function cutsOf(model: Model, sets: readonly SeriesSet[], share: number): readonly Cut[] {
  const all = sets.flatMap((set): Weighed[] => {
    const metric = model.metrics.get(set.name);
    return metric === undefined ? [] : [{ metric, set }];
  });
  const labels = new Set(all.flatMap(({ metric }) => metric.labels));
  return [
    ...[...labels].flatMap((label) => halvedCap(label, all, share)),
    ...all.flatMap((each) => withoutLabel(each, share)),
    ...all.flatMap((each) => fewerBuckets(model, each)),
  ]
    .filter(({ saves }) => saves.worst > 0)
    .toSorted((a, b) => b.saves.worst - a.saves.worst || b.saves.expected - a.saves.expected);
}

/** How the worst case of one instance does against `budgets`. */
export interface Fit {
  readonly perInstance: { readonly worst: number; readonly budget: number };
  /** Metrics above the budget of one. */
  readonly metrics: readonly { readonly name: string; readonly worst: number }[];
  readonly perMetric: number;
}

export function fitOf({ metrics, budgets }: Model): Fit {
  const weights = [...metrics.values()].map((metric) => ({
    name: metric.name,
    worst: worstCaseSeries(metric),
  }));
  return {
    perInstance: {
      worst: weights.reduce((sum, { worst }) => sum + worst, 0),
      budget: budgets.seriesPerInstance,
    },
    metrics: weights.filter(({ worst }) => worst > budgets.seriesPerMetric),
    perMetric: budgets.seriesPerMetric,
  };
}
