import type { Label, Metric, Model, Panel } from '../model/model.js';
import type { Expr } from '../promql/ast.js';
import { aggregate, binary, by, chain, matcher, number, selector } from '../promql/build.js';
import { rate } from './fragments.js';
import { linesPanel } from './panels.js';
import { titleOf } from './words.js';

const advice = {
  work: 'Tokens a second for each watt that the devices draw: tokens for each joule. Good: level, or rising with larger batches. Where it falls, devices draw power and wait. Tokens of a model that runs elsewhere count too: it says something where the devices do the work.',
  memory:
    'Memory that this service holds on the devices of the instances that work with a model. An instance with several models counts for each of them.',
} as const;

/** Counters of tokens that were worked on, in all; those of what was not priced are counted before. */
function tokenCounters({ metrics }: Model): readonly Metric[] {
  return [...metrics.values()].filter(
    ({ type, name }) => type === 'counter' && /(?:^|_)tokens_total$/.test(name) && !name.includes('unpriced'),
  );
}

/** What all devices draw, each of them once. */
function drawn({ metrics }: Model): Expr | undefined {
  const power = metrics.get('gpu_power_watts');
  if (power === undefined) return undefined;
  const each = aggregate('max', selector(power.name), by(['instance', 'gpu']));
  return binary('>', aggregate('sum', each), number(0));
}

/** Work for the power that it takes, where the spec counts tokens. */
export function tokensPerWatt(model: Model, type: 'stat' | 'timeseries'): Panel | undefined {
  const counters = tokenCounters(model);
  const [first, ...others] = counters;
  const watts = drawn(model);
  if (first === undefined || watts === undefined) return undefined;
  const per = (tokens: Expr): Expr => binary('/', tokens, watts);
  const all = chain('+', [rate(first), ...others.map((metric): Expr => rate(metric))]);
  const words = {
    title: type === 'stat' ? 'Tokens a second and watt, now' : 'Tokens a second and watt',
    description: advice.work,
  };
  const look = { type, unit: 'suffix: tok/s/W' } as const;
  if (type === 'stat' && others.length === 0)
    return linesPanel(model, first, words, [{ expr: per(all) }], look);
  const lines = counters.map((metric) => ({ name: titleOf(model, metric), expr: per(rate(metric)) }));
  return linesPanel(model, first, words, lines, look);
}

function labelled({ labels }: Metric, wire: string): Label | undefined {
  return labels.find((label) => label.wire === wire);
}

/** One for each instance and model that is worked with: runs that are in progress, and models that tokens were counted of. */
function workOf(metric: Metric): Expr {
  if (metric.type === 'gauge')
    return aggregate('group', binary('>', selector(metric.name), number(0)), by(['instance', 'model']));
  const counted = rate(
    metric,
    metric.labels.filter(({ wire }) => wire === 'model'),
  );
  const perInstance =
    counted.kind === 'aggregation' ? { ...counted, grouping: by(['instance', 'model']) } : counted;
  return aggregate('group', binary('>', perInstance, number(0)), by(['instance', 'model']));
}

/** Memory by model, where an instance tells both its memory on the devices and what it works on. */
export function memoryByModel(model: Model): Panel | undefined {
  const memory = model.metrics.get('gpu_process_memory_used_bytes');
  const process = memory && labelled(memory, 'process');
  if (memory === undefined || process?.bound.kind !== 'closed') return undefined;
  const runs = model.metrics.get('training_active_runs');
  const works = [...(runs === undefined ? [] : [runs]), ...tokenCounters(model)].filter(
    (metric) => labelled(metric, 'model') !== undefined,
  );
  const [first, ...others] = works;
  if (first === undefined) return undefined;
  const held = aggregate(
    'sum',
    selector(memory.name, [matcher(process.wire, '=', 'self')]),
    by(['instance']),
  );
  const working = chain('or', [workOf(first), ...others.map(workOf)]);
  const joined = binary('*', working, held, {
    matching: { mode: 'on', labels: ['instance'], group: { side: 'left', include: [] } },
  });
  const expr = aggregate('sum', joined, by(['model']));
  return linesPanel(model, memory, { title: 'Memory by model', description: advice.memory }, [{ expr }], {
    unit: 'bytes',
  });
}
