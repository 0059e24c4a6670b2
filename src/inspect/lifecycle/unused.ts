import type { FleetService, ReadService } from '../../fleet/fleet.js';
import { helperNames } from '../../emit/typescript/names.js';
import { seriesNamed, seriesNames, worstCaseSeries, labelSize } from '../../model/series.js';
import type { Label, Metric, Model, Origin } from '../../model/model.js';
import { namesLabel, readsOf, seesEveryLabel, type Read, type Reads } from '../diff/readers.js';
import { mayRead, type OutsideQuery } from './outside.js';
import { spotOf, type Spot } from './place.js';
import { unusedImports } from './unused-imports.js';

export type UnusedKind = 'metric' | 'label' | 'span' | 'log event' | 'external' | 'indicator' | 'import';

/** Something that nothing needs, as far as is known. */
export interface Unused extends Spot {
  readonly service: string;
  readonly kind: UnusedKind;
  readonly name: string;
  /** What is missing: `nothing reads it`. */
  readonly why: string;
  readonly owner: string | undefined;
  /** The most series of one instance that would go with it; 0 where none would. */
  readonly series: number;
}

/** What counts as use beside the specs themselves. */
export interface Uses {
  readonly queries: readonly OutsideQuery[];
  /** Every word of the code; undefined where no code was looked at. */
  readonly code: ReadonlySet<string> | undefined;
}

/** The reads of one service's metrics: its own, those of other services that declare them as external, those of outside files. */
class Readings {
  readonly #own: Reads;
  readonly #others: readonly Reads[];
  readonly #queries: readonly OutsideQuery[];
  readonly #model: Model;

  constructor(model: Model, others: readonly Model[], queries: readonly OutsideQuery[]) {
    this.#model = model;
    this.#own = readsOf(model);
    this.#others = others.map(readsOf);
    this.#queries = queries;
  }

  of(name: string, metric?: Metric): readonly Read[] {
    const own = this.#own.get(name) ?? [];
    const others = this.#others.flatMap((reads) => reads.get(name) ?? []);
    if (metric === undefined) return [...own, ...others];
    return [...own, ...others, ...this.#outside(metric)];
  }

  #outside(metric: Metric): readonly Read[] {
    const old = metric.renamedFrom?.name;
    const series = [
      ...seriesNames(metric),
      ...(old === undefined ? [] : seriesNames({ ...metric, name: old })),
    ];
    const isOfMetric = (name: string): boolean =>
      seriesNamed(this.#model, name)?.metric === metric || series.includes(name);
    return this.#queries
      .filter((query) => mayRead(query, isOfMetric, series))
      .map(({ where, expr }) => ({ reader: { kind: 'panel', name: where }, expr, by: [] }));
  }
}

const isOwn = ({ origin }: { readonly origin: Origin }): boolean => origin.preset === undefined;

function unreadMetrics(model: Model, readings: Readings): readonly Omit<Unused, 'service'>[] {
  return [...model.metrics.values()].filter(isOwn).flatMap((metric) =>
    readings.of(metric.name, metric).length > 0
      ? []
      : [
          {
            kind: 'metric' as const,
            name: metric.name,
            why: 'no objective, alert or panel reads it',
            owner: metric.owner,
            series: worstCaseSeries(metric),
            ...spotOf(metric.origin.key),
          },
        ],
  );
}

/** Whether what the query says is added up before anybody sees it: ratios and shares of events are. */
function isAddedUp({ reader: { kind, name } }: Read, model: Model): boolean {
  if (kind === 'alert') return model.alerts.get(name)?.condition.form === 'ratio';
  if (kind === 'objective') return model.slos.get(name)?.sli.form === 'events';
  return kind === 'indicator' && model.slis.get(name)?.form === 'events';
}

function isLabelRead(label: Label, metrics: readonly Metric[], model: Model, readings: Readings): boolean {
  return metrics.some((metric) =>
    readings
      .of(metric.name, metric)
      .some(
        (read) =>
          namesLabel(read, label.wire) ||
          (!isAddedUp(read, model) &&
            seesEveryLabel(read, (name) => seriesNamed(model, name)?.metric === metric)),
      ),
  );
}

function unreadLabels(model: Model, readings: Readings): readonly Omit<Unused, 'service'>[] {
  const variables = new Set([...model.dashboards.values()].flatMap((board) => board.variables));
  return [...model.labels.values()].filter(isOwn).flatMap((label) => {
    // A metric that nothing reads is said to be unused itself; its labels go with it.
    const metrics = [...model.metrics.values()].filter(
      (metric) => metric.labels.includes(label) && readings.of(metric.name, metric).length > 0,
    );
    const outcomes = [...model.spans.values()].some(({ outcome }) => outcome?.label === label);
    if (metrics.length === 0 || outcomes || variables.has(label)) return [];
    if (isLabelRead(label, metrics, model, readings)) return [];
    const saved = metrics.map((metric) => worstCaseSeries(metric) * (1 - 1 / labelSize(label)));
    const names = metrics.map(({ name }) => name).join(', ');
    return [
      {
        kind: 'label' as const,
        name: label.key,
        why: `no query of ${names} selects or groups by it`,
        owner: model.service.owner,
        series: Math.round(saved.reduce((sum, each) => sum + each, 0)),
        ...spotOf(label.origin.key),
      },
    ];
  });
}

function unusedExternals(model: Model, readings: Readings): readonly Omit<Unused, 'service'>[] {
  return [...model.external.values()].filter(isOwn).flatMap(({ name, origin }) => {
    if (readings.of(name).length > 0) return [];
    const replaces = [...model.metrics.values()].some(({ deprecated }) => deprecated?.replacedBy === name);
    if (replaces) return [];
    const why = 'no query reads it';
    return [{ kind: 'external', name, why, owner: model.service.owner, series: 0, ...spotOf(origin.key) }];
  });
}

function idleIndicators(model: Model): readonly Omit<Unused, 'service'>[] {
  const used = new Set([...model.slos.values()].map(({ sli }) => sli));
  // A quantile is recorded to be shown: it is no part of an objective.
  return [...model.slis.values()]
    .filter((sli) => isOwn(sli) && !used.has(sli) && sli.form !== 'quantile')
    .map(({ name, origin }) => ({
      kind: 'indicator',
      name,
      why: 'no objective is about it',
      owner: model.service.owner,
      series: 0,
      ...spotOf(origin.key),
    }));
}

/** Every string below a value of the spec: the rules of `instrument` name spans and metrics in many keys. */
function* words(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) yield* words(each);
}

/** What code never names. An identifier that stands anywhere counts: better to miss something unused than to call a used thing unused. */
function unnamedInCode(model: Model, code: ReadonlySet<string>): readonly Omit<Unused, 'service'>[] {
  const names = helperNames(model);
  const byRules = new Set(words(model.sections.instrument));
  const spans = [...model.spans.values()];
  const isOpened = (span: (typeof spans)[number]): boolean =>
    code.has(names.span(span)) || byRules.has(span.name);
  const found: Omit<Unused, 'service'>[] = [];
  const { owner } = model.service;
  for (const span of spans.filter(isOwn)) {
    if (isOpened(span)) continue;
    const why = `no code calls spans.${names.span(span)}, and no rule of instrument opens it`;
    found.push({ kind: 'span', name: span.name, why, owner, series: 0, ...spotOf(span.origin.key) });
  }
  for (const metric of [...model.metrics.values()].filter(isOwn)) {
    const recorders = spans.filter(({ record }) => Object.values(record).includes(metric));
    if (code.has(names.metric(metric)) || byRules.has(metric.name)) continue;
    if (recorders.some((span) => !isOwn(span) || isOpened(span))) continue;
    const why = `no code records it: metrics.${names.metric(metric)} is never named`;
    const series = worstCaseSeries(metric);
    found.push({
      kind: 'metric',
      name: metric.name,
      why,
      owner: metric.owner,
      series,
      ...spotOf(metric.origin.key),
    });
  }
  for (const event of [...model.logs.events.values()].filter(isOwn)) {
    if (code.has(names.event(event)) || byRules.has(event.name)) continue;
    const why = `no code calls logs.${names.event(event)}`;
    found.push({ kind: 'log event', name: event.name, why, owner, series: 0, ...spotOf(event.origin.key) });
  }
  return found;
}

/** Words of a program that may be names. */
export function wordsOfCode(texts: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const text of texts) for (const [word] of text.matchAll(/[A-Za-z_$][\w$]*/g)) found.add(word);
  return found;
}

function unusedOf(
  service: FleetService & ReadService,
  others: readonly Model[],
  uses: Uses,
): readonly Unused[] {
  const { model, loaded } = service;
  const readings = new Readings(model, others, uses.queries);
  const found = [
    ...unreadMetrics(model, readings),
    ...unreadLabels(model, readings),
    ...unusedExternals(model, readings),
    ...idleIndicators(model),
    ...(uses.code === undefined ? [] : unnamedInCode(model, uses.code)),
    ...(loaded === undefined ? [] : unusedImports(model, loaded)),
  ];
  return found.map((each) => ({ ...each, service: model.service.name }));
}

/** A metric is read by another service where that one declares it as external: what is not, is a metric of its own. */
function readsOthers(model: Model, service: Model): boolean {
  return [...model.external.keys()].some((name) => service.metrics.has(name));
}

/**
 * What nothing needs: metrics that nothing reads, labels that no query tells apart, external metrics and indicators without use, imports
 * that bring nothing; with code, also what it never records. What presets bring is theirs, and left out.
 */
export function unusedEntries(services: readonly FleetService[], uses: Uses): readonly Unused[] {
  const read = services.flatMap((service) =>
    service.model === undefined ? [] : [{ ...service, model: service.model }],
  );
  const found = read.flatMap((service) => {
    const others = read
      .filter((other) => other !== service && readsOthers(other.model, service.model))
      .map(({ model }) => model);
    return unusedOf(service, others, uses);
  });
  return unusedByAll(found, read);
}

/** An entry of a file that several specs import is unused where none of them uses it: one finding for all of them. */
function unusedByAll(found: readonly Unused[], services: readonly FleetService[]): readonly Unused[] {
  const holders = (file: string): number =>
    services.filter(({ loaded }) => loaded?.files.some(({ path }) => path === file) === true).length;
  const byEntry = new Map<string, Unused[]>();
  for (const each of found) {
    const key = JSON.stringify([each.file, each.line, each.kind, each.name, each.why]);
    const same = byEntry.get(key);
    if (same === undefined) byEntry.set(key, [each]);
    else same.push(each);
  }
  return [...byEntry.values()].flatMap(([first, ...others]) =>
    first === undefined || others.length + 1 < holders(first.file)
      ? []
      : [{ ...first, service: [first, ...others].map(({ service }) => service).join(', ') }],
  );
}
