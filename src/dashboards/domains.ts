import type { Label, Metric, Model, Panel } from '../model/model.js';
import { binary, matcher } from '../promql/build.js';
import type { DraftRow } from './board.js';
import { flowPanels } from './flow-panels.js';
import { dimension } from './flows.js';
import { rate, share } from './fragments.js';
import { genericPanel } from './generic.js';
import { linesPanel } from './panels.js';
import { metricsShown } from './shown.js';
import type { Subject } from './subject.js';
import { titledBy } from './words.js';

/** Parts that many services have, by the words of their metrics' names. */
const domains: readonly (readonly [title: string, words: RegExp])[] = [
  ['Queues', /(?:^|_)queues?_/],
  ['Caches', /(?:^|_)caches?_/],
  ['Sandboxes', /(?:^|_)sandbox(?:es)?_/],
  ['Training', /(?:^|_)training_/],
  ['Requests', /(?:^|_)(?:http|grpc|rpc|requests?)_/],
];

const hitWords =
  'Look-ups that were answered from the cache. Good: as high as on other days. Where it falls, look at what was changed or evicted at that time.';

/** The share of hits, of a counter with hits among its outcomes or of a pair of counters. */
export function hitPanels(model: Model, metrics: readonly Metric[]): readonly Panel[] {
  const shared = (metric: Metric): readonly Label[] => {
    const label = dimension(metric);
    return label === undefined ? [] : [label];
  };
  const words = (by: readonly Label[]) => ({
    title: titledBy('Cache hits', by),
    description: hitWords,
  });
  return metrics.flatMap((metric) => {
    if (metric.type !== 'counter') return [];
    const result = metric.labels.find(
      ({ bound }) => bound.kind === 'closed' && bound.values.includes('hit') && bound.values.includes('miss'),
    );
    const by = shared(metric).filter((label) => label !== result);
    if (result !== undefined) {
      const hits = rate(metric, by, [matcher(result.wire, '=', 'hit')]);
      return [linesPanel(model, metric, words(by), [{ expr: share(hits, rate(metric, by)) }])];
    }
    if (!metric.name.endsWith('_hits_total')) return [];
    const misses = metrics.find(({ name }) => name === metric.name.replace(/_hits_total$/, '_misses_total'));
    if (misses === undefined) return [];
    const [hit, miss] = [rate(metric, by), rate(misses, by)];
    return [linesPanel(model, metric, words(by), [{ expr: share(hit, binary('+', hit, miss)) }])];
  });
}

/** A row for each part that the service has, closed: the overview says which of them to open. */
export function domainRows(
  { model, flowsAt }: Subject,
  metrics: readonly Metric[],
  above: ReadonlySet<Metric>,
): readonly DraftRow[] {
  const taken = new Set(above);
  return domains.map(([title, words]): DraftRow => {
    const mine = metrics.filter((metric) => !taken.has(metric) && words.test(metric.name));
    for (const metric of mine) taken.add(metric);
    const flows = flowsAt('service').filter(
      ({ count, duration }) =>
        (count !== undefined && mine.includes(count)) || (duration !== undefined && mine.includes(duration)),
    );
    const made = [
      ...hitPanels(model, mine),
      ...flows.flatMap((flow) => flowPanels(model, flow).filter((panel) => panel !== undefined)),
    ];
    const shown = metricsShown(model, made);
    const rest = mine.filter((metric) => !shown.has(metric));
    return {
      title,
      collapsed: true,
      panels: [...made, ...rest.map((metric) => genericPanel(model, metric))],
    };
  });
}
