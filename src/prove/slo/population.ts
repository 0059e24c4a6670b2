import type { EventsSli, Label, LatencySli, Model, QuerySli, Slo } from '../../model/model.js';
import { seriesNamed } from '../../model/series.js';
import type { Expr, Matcher, VectorSelector } from '../../promql/ast.js';
import { selector as selectorOf } from '../../promql/build.js';
import { selectors } from '../../promql/walk.js';
import { openMetricsFloat } from '../../slo/events.js';
import { anyValue, otherValue, valuesFor } from './values.js';
import { expressionOf, selects, yieldOf, type SeriesKey } from './weigh.js';

/** One kind of event: the series that grow by one when it happens, and those that are exposed beside them and stay. */
export interface Recipe {
  /** What tells it from the others: `outcome="failed"`. */
  readonly name: string;
  readonly grow: readonly SeriesKey[];
  readonly stay: readonly SeriesKey[];
}

/** What can happen to one group. */
export interface Population {
  /** The values of the labels that the objective is grouped by. */
  readonly group: ReadonlyMap<string, string>;
  readonly good: readonly Recipe[];
  readonly bad: readonly Recipe[];
  /** Not counted at all: what the total leaves out. */
  readonly excluded: readonly Recipe[];
}

/** More kinds of events than this are not told apart. */
const mostKinds = 64;

function product(domains: readonly (readonly [string, readonly string[]])[]): ReadonlyMap<string, string>[] {
  let made: ReadonlyMap<string, string>[] = [new Map()];
  for (const [label, values] of domains) {
    made = made
      .flatMap((row) => values.map((value) => new Map([...row, [label, value]])))
      .slice(0, mostKinds);
  }
  return made;
}

/** Which labels the series of a name have, and what is asked of them. */
interface Shape {
  readonly metric: string;
  readonly labels: ReadonlyMap<string, Label | undefined>;
  readonly matchers: readonly Matcher[];
  /** Labels of the service that is scraped, unless a query names them itself. */
  readonly own: ReadonlyMap<string, string>;
}

function shapesOf(model: Model, found: readonly VectorSelector[]): readonly Shape[] {
  const names = [...new Set(found.map(({ metric }) => metric).filter((name) => name !== undefined))];
  return names.map((metric) => {
    const matchers = found.filter((each) => each.metric === metric).flatMap((each) => each.matchers);
    const source = seriesNamed(model, metric)?.metric;
    const declared = source === undefined ? undefined : model.metrics.get(source.name);
    const labels = new Map<string, Label | undefined>(declared?.labels.map((label) => [label.wire, label]));
    const foreign = source === undefined ? undefined : model.external.get(source.name);
    for (const label of foreign?.labels ?? []) if (!labels.has(label)) labels.set(label, undefined);
    for (const { label } of matchers) if (!labels.has(label)) labels.set(label, undefined);
    const own = new Map(
      declared === undefined ? [] : [...model.service.selector].filter(([label]) => !labels.has(label)),
    );
    return { metric, labels, matchers, own };
  });
}

function seriesOf({ metric, labels, own }: Shape, row: ReadonlyMap<string, string>): SeriesKey {
  const made = new Map<string, string>();
  for (const [wire, label] of labels) {
    made.set(wire, row.get(wire) ?? (label === undefined ? otherValue : anyValue(label)));
  }
  return { metric, labels: new Map([...made, ...own]) };
}

/** The labels that matchers ask for, with the values to try. */
function domainsOf(shapes: readonly Shape[], apart: ReadonlySet<string>): [string, readonly string[]][] {
  const asked = new Set(shapes.flatMap(({ matchers }) => matchers.map(({ label }) => label)));
  return [...asked].filter((wire) => !apart.has(wire)).map((wire) => [wire, valuesOf(shapes, wire)]);
}

function valuesOf(shapes: readonly Shape[], wire: string): readonly string[] {
  const label = shapes.map(({ labels }) => labels.get(wire)).find((each) => each !== undefined);
  const matchers = shapes.flatMap((shape) => shape.matchers.filter((matcher) => matcher.label === wire));
  return valuesFor(label, matchers);
}

/** The groups to try: for labels that nothing bounds, invented ones. */
function groupsOf(slo: Slo, shapes: readonly Shape[]): readonly ReadonlyMap<string, string>[] {
  const domains = slo.by.map(({ wire, bound }): [string, readonly string[]] => {
    const values = valuesOf(shapes, wire);
    return [
      wire,
      bound.kind === 'closed'
        ? values
        : [...values.filter((value) => value !== otherValue), `${wire}-a`, `${wire}-b`],
    ];
  });
  return product(domains);
}

function nameOf(row: ReadonlyMap<string, string>, series: readonly SeriesKey[], several: boolean): string {
  const labels = [...row].map(([label, value]) => `${label}="${value}"`).join(', ');
  const metrics = several ? series.map(({ metric }) => metric).join(' and ') : '';
  return [metrics, labels].filter((part) => part !== '').join(' with ') || 'any';
}

type Verdict = 'good' | 'bad' | 'excluded' | undefined;

/** Finds the kinds of events of a group: single series first, two that grow together where one is not enough. */
function populate(
  shapes: readonly Shape[],
  group: ReadonlyMap<string, string>,
  judge: (series: readonly SeriesKey[]) => Verdict,
): Population {
  const found: Record<'good' | 'bad' | 'excluded', Recipe[]> = { good: [], bad: [], excluded: [] };
  for (const row of product(domainsOf(shapes, new Set(group.keys())))) {
    const all = shapes.map((shape) => seriesOf(shape, new Map([...row, ...group])));
    const single = all.map((each) => [each]);
    const pairs = all.flatMap((one, index) => all.slice(index + 1).map((other) => [one, other]));
    const seen = new Set<Verdict>();
    for (const grow of [...single, ...pairs]) {
      const verdict = judge(grow);
      if (verdict === undefined || seen.has(verdict) || (verdict === 'excluded' && grow.length > 1)) continue;
      seen.add(verdict);
      found[verdict].push({ name: nameOf(row, grow, all.length > 1), grow, stay: [] });
    }
  }
  return { group, ...found };
}

/** By what an event adds to all events and to those of the part that the indicator names. */
function eventVerdict({ total, good, bad }: EventsSli): (series: readonly SeriesKey[]) => Verdict {
  const part = good ?? bad;
  if (part === undefined) throw new Error('bug: an SLI has neither good nor bad events');
  const [whole, counted] = [expressionOf(total), expressionOf(part)];
  return (series) => {
    const count = (expr: Expr): number => series.filter((each) => selects(expr, each)).length;
    const [all, some] = [count(whole), count(counted)];
    if (all === 0 && some === 0) return 'excluded';
    if (all !== 1 || (some !== 0 && some !== 1)) return undefined;
    return (some === 1) === (good !== undefined) ? 'good' : 'bad';
  };
}

/** By what an event does to the share that a query yields, alone and together with one that is known to be bad. */
function shareVerdict(
  expr: Expr,
  known: readonly SeriesKey[] | undefined,
): (series: readonly SeriesKey[]) => Verdict {
  const near = (value: number | undefined, wanted: number): boolean =>
    value !== undefined && Math.abs(value - wanted) < 1e-6;
  const share = (...rates: readonly (readonly [readonly SeriesKey[], number])[]): number | undefined =>
    yieldOf(
      expr,
      rates.flatMap(([series, rate]) => series.map((each) => ({ ...each, rate }))),
    );
  return (series) => {
    if (near(share([series, 1]), 1)) return 'bad';
    if (known === undefined) return undefined;
    const key = (each: SeriesKey): string => JSON.stringify([each.metric, ...each.labels]);
    if (series.some((each) => known.some((other) => key(each) === key(other)))) return undefined;
    const [even, third] = [share([known, 1], [series, 1]), share([known, 1], [series, 3])];
    if (near(even, 0.5) && near(third, 0.25)) return 'good';
    return near(even, 1) && near(third, 1) ? 'excluded' : undefined;
  };
}

function latencyPopulation(
  model: Model,
  sli: LatencySli,
  slo: Slo,
  spell: (bound: number) => string,
): readonly Population[] {
  const { name, buckets } = sli.histogram;
  const asked = sli.matchers?.expr?.kind === 'selector' ? sli.matchers.expr.matchers : [];
  const count = selectorOf(`${name}_count`, asked);
  const shapes = shapesOf(model, [count]);
  const bounds = [...buckets.map(spell), '+Inf'];
  const threshold = buckets.indexOf(sli.threshold.seconds);
  /** An observation that falls into a bucket. */
  const observed = (recipe: Recipe, bucket: number): Recipe => {
    const [counted] = recipe.grow;
    const labels = counted?.labels ?? new Map<string, string>();
    const cumulative = bounds.map((le) => ({
      metric: `${name}_bucket`,
      labels: new Map([...labels, ['le', le]]),
    }));
    return {
      name: [`le="${bounds[bucket] ?? ''}"`, ...(recipe.name === 'any' ? [] : [recipe.name])].join(', '),
      grow: [...cumulative.slice(bucket), { metric: `${name}_count`, labels }],
      stay: cumulative.slice(0, bucket),
    };
  };
  return groupsOf(slo, shapes).map((group) => {
    const rows = populate(shapes, group, (series) =>
      series.every((each) => selects(count, each)) ? 'good' : 'excluded',
    );
    const into = (recipes: readonly Recipe[], ...places: readonly number[]): readonly Recipe[] =>
      [...new Set(places)].flatMap((bucket) => recipes.map((recipe) => observed(recipe, bucket)));
    // The buckets on either side of the threshold first: a bound that is off by one shows.
    return {
      group,
      good: into(rows.good, threshold, 0),
      bad: into(rows.good, threshold + 1, bounds.length - 1),
      excluded: into(rows.excluded, bounds.length - 1),
    };
  });
}

function queryPopulation(model: Model, { query }: QuerySli, slo: Slo): readonly Population[] {
  const expr = expressionOf(query);
  const shapes = shapesOf(model, selectors(expr));
  return groupsOf(slo, shapes).map((group) => {
    const first = populate(shapes, group, shareVerdict(expr, undefined)).bad[0];
    return populate(shapes, group, shareVerdict(expr, first?.grow));
  });
}

/**
 * What can happen to the groups of an objective whose indicator counts events: no more than two groups, each with events of either kind.
 * @param spell how the bounds of buckets are written, which differs between clients and Prometheus 3
 */
export function populations(
  model: Model,
  slo: Slo,
  spell: (bound: number) => string = String,
): readonly Population[] {
  const { sli } = slo;
  const all = (): readonly Population[] => {
    switch (sli.form) {
      case 'latency':
        return latencyPopulation(model, sli, slo, spell);
      case 'query':
        return queryPopulation(model, sli, slo);
      case 'events': {
        const queries = [sli.total, sli.good, sli.bad].filter((query) => query !== undefined);
        const shapes = shapesOf(
          model,
          queries.flatMap((query) => selectors(expressionOf(query))),
        );
        return groupsOf(slo, shapes).map((group) => populate(shapes, group, eventVerdict(sli)));
      }
      default:
        return [];
    }
  };
  return all()
    .filter(({ good, bad }) => good.length > 0 && bad.length > 0)
    .slice(0, 2);
}

/** How Prometheus 3 stores the bounds of a histogram where that is not how clients write them; undefined where it is the same. */
export function otherSpelling({ sli }: Slo): ((bound: number) => string) | undefined {
  if (sli.form !== 'latency') return undefined;
  return sli.histogram.buckets.some((bound) => openMetricsFloat(bound) !== String(bound))
    ? openMetricsFloat
    : undefined;
}
