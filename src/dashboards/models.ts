import type { Dashboard, Metric, Model, Panel } from '../model/model.js';
import { chain } from '../promql/build.js';
import type { Expr } from '../promql/ast.js';
import { boardOf, withRest, type DraftRow } from './board.js';
import { failureStat, flowPanels, flowRows, nounOf, rateStat, spreadPanel, timeStat } from './flow-panels.js';
import { counted, dimension } from './flows.js';
import { rate, share } from './fragments.js';
import { firstStats, genericPanel } from './generic.js';
import { linesPanel, metricPanel } from './panels.js';
import { objectivesTable } from './slos.js';
import type { Subject } from './subject.js';
import { withWatched } from './watched.js';
import { isTrouble, titledBy, titleOf } from './words.js';

const tokenWords =
  'Good: in step with the calls. Where tokens grow and calls do not, contexts have grown, or an agent goes round in circles.';

/** Counters of tokens. */
function tokenCounters(metrics: readonly Metric[]): readonly Metric[] {
  return metrics.filter(({ type, name }) => type === 'counter' && /(?:^|_)tokens?(?:_|$)/.test(name));
}

/** Tokens by what they were for: a label says so, or each counter counts another kind. */
function tokenPanels(model: Model, counters: readonly Metric[]): readonly Panel[] {
  const [first, ...others] = counters;
  if (first === undefined) return [];
  const kind = first.labels.find(({ bound }) => bound.kind === 'closed');
  const words = { title: 'Tokens', description: tokenWords };
  if (others.length > 0) {
    const lines = counters.map((metric) => ({ name: titleOf(model, metric), expr: rate(metric) }));
    return [linesPanel(model, first, words, lines, { stack: true })];
  }
  const title = kind === undefined ? 'Tokens' : `Tokens by ${kind.wire.replaceAll('_', ' ')}`;
  const by = kind === undefined ? [] : [kind];
  return [
    metricPanel(model, first, { ...words, title }, { show: ['rate'], by }, { stack: kind !== undefined }),
  ];
}

function tokenStat(model: Model, counters: readonly Metric[]): Panel | undefined {
  const [first, ...others] = counters;
  if (first === undefined) return undefined;
  const expr = chain('+', [rate(first), ...others.map((metric): Expr => rate(metric))]);
  const words = { title: 'Tokens a second', description: tokenWords };
  return linesPanel(model, first, words, [{ expr }], { type: 'stat' });
}

/** Calls that went to another model than the one asked first, of all calls. */
function fallbackStat(
  model: Model,
  metrics: readonly Metric[],
  calls: Metric | undefined,
): Panel | undefined {
  const fallbacks = metrics.find(({ type, name }) => type === 'counter' && /fallbacks?_/.test(name));
  if (fallbacks === undefined || calls === undefined) return undefined;
  const words = {
    title: 'Fallbacks',
    description:
      'The share of calls that went to another model than the one asked first. Good: near 0 %. Above it, look at why: a rate limit is your quota, all else the provider.',
  };
  return linesPanel(model, fallbacks, words, [{ expr: share(rate(fallbacks), rate(calls)) }], {
    type: 'stat',
  });
}

/** By model: tokens, first chunks, whatever has the label. */
function byModel(
  model: Model,
  metric: Metric | undefined,
  title: string,
  description: string,
): Panel | undefined {
  const label = metric && dimension(metric);
  if (metric === undefined || label === undefined) return undefined;
  const show = metric.type === 'histogram' ? (['p95'] as const) : (['rate'] as const);
  const words = { title: titledBy(title, [label]), description };
  return metricPanel(model, metric, words, { show, by: [label] });
}

/** Calls of models: how many, how they end, how long they take, what they use. */
export function modelsBoard(subject: Subject): Dashboard | undefined {
  const { model } = subject;
  const metrics = subject.metricsAt('models');
  const [first] = metrics;
  if (first === undefined) return undefined;
  const flows = subject.flowsAt('models');
  const [main] = flows;
  const counters = tokenCounters(metrics);
  const chunk = flows.map(({ firstChunk }) => firstChunk).find((metric) => metric !== undefined);
  const gauges = metrics.filter(({ type }) => type === 'gauge');
  const troubles = metrics.filter((metric) => metric.type === 'counter' && isTrouble(metric));
  const calls = main && counted(main);
  const ofFlows = new Set(flows.flatMap(({ count }) => count ?? []));
  const plain = metrics.filter(
    (metric) =>
      metric.type === 'counter' &&
      !isTrouble(metric) &&
      !counters.includes(metric) &&
      !ofFlows.has(metric) &&
      metric.deprecated === undefined,
  );
  const chunkWords =
    'Time until the first piece of an answer. Good: flat. It is what people wait for; where it rises and the rest does not, the provider queues.';
  const rows: readonly DraftRow[] = [
    {
      title: 'Overview',
      panels: [
        main && rateStat(model, main),
        main && failureStat(model, main, `${nounOf(model, main)} that fail`),
        main && timeStat(model, main, `${nounOf(model, main)}, p95`),
        chunk &&
          metricPanel(
            model,
            chunk,
            { title: 'First chunk, p95', description: chunkWords },
            { show: ['p95'] },
            { type: 'stat' },
          ),
        tokenStat(model, counters),
        fallbackStat(model, metrics, calls),
        ...(main === undefined ? firstStats(model, metrics) : []),
      ],
    },
    { title: 'Objectives', panels: [objectivesTable(subject.slosAt('models'))] },
    {
      title: 'Rate, errors, duration',
      panels: [
        ...(main === undefined ? [] : [...flowPanels(model, main), spreadPanel(model, main)]),
        ...plain.map((metric) => genericPanel(model, metric)),
      ],
    },
    {
      title: 'Tokens and first chunks',
      panels: [
        ...tokenPanels(model, counters),
        ...counters
          .slice(0, 3)
          .map((counter) =>
            byModel(model, counter, counters.length > 1 ? titleOf(model, counter) : 'Tokens', tokenWords),
          ),
        byModel(model, chunk, 'First chunk, p95', chunkWords),
      ],
    },
    {
      title: 'Limits, retries, fallbacks',
      panels: [...gauges, ...troubles].map((metric) => genericPanel(model, metric)),
    },
    ...flowRows(model, flows.slice(1)),
  ];
  return boardOf(model, {
    name: 'models',
    topic: 'models',
    title: `${model.service.name}: models`,
    description: 'Calls of models: how many, how they end, how long they take, what they use.',
    origin: first.origin,
    rows: withRest(model, withWatched(subject, 'models', rows), metrics),
  });
}
