import type { Expr } from '../../promql/ast.js';
import { selectors, walk } from '../../promql/walk.js';
import type { Alert, Model, Panel, Query, Sli } from '../../model/model.js';
import { namedMetrics, queriesOfAlert, queriesOfSli } from '../../model/resolve/readers.js';
import { detectionCounter, securityAlertName } from '../../model/security-alerts.js';
import { seriesNamed } from '../../model/series.js';
import type { Reader } from './change.js';

/** One reading of a metric: by a query, or by an entry that names the metric and groups by some labels. */
export interface Read {
  readonly reader: Reader;
  readonly expr: Expr | undefined;
  /** Labels on the wire that the entry itself names. */
  readonly by: readonly string[];
}

/** By the name of a metric, what reads it. */
export type Reads = ReadonlyMap<string, readonly Read[]>;

const recorded = /^(?:sl[io]:|slo_info$)/;

class Collector {
  readonly reads = new Map<string, Read[]>();
  readonly #model: Model;

  constructor(model: Model) {
    this.#model = model;
  }

  #add(metric: string, read: Read): void {
    const known = this.reads.get(metric);
    if (known === undefined) this.reads.set(metric, [read]);
    else known.push(read);
  }

  expression(expr: Expr | undefined, reader: Reader, by: readonly string[] = []): void {
    for (const each of expr === undefined ? [] : selectors(expr)) {
      if (each.metric === undefined) continue;
      const metric = seriesNamed(this.#model, each.metric)?.metric;
      if (metric !== undefined) this.#add(metric.name, { reader, expr, by });
      else if (recorded.test(each.metric)) this.#recorded(each.matchers, reader);
    }
  }

  /** A recorded series of an objective is made of what the objective reads. */
  #recorded(matchers: readonly { label: string; operator: string; value: string }[], reader: Reader): void {
    const named = matchers.find(({ label, operator }) => label === 'slo' && operator === '=')?.value;
    for (const slo of this.#model.slos.values())
      if (named === undefined || named === slo.name) this.sli(slo.sli, reader, wires(slo.by));
  }

  queries(queries: readonly Query[], reader: Reader, by: readonly string[] = []): void {
    for (const { expr } of queries) this.expression(expr, reader, by);
  }

  sli(sli: Sli, reader: Reader, by: readonly string[] = []): void {
    const own = sli.form === 'quantile' ? wires(sli.by) : [];
    const matchers = sli.form === 'latency' ? sli.matchers?.expr : undefined;
    for (const metric of namedMetrics(sli))
      this.#add(metric.name, { reader, expr: matchers, by: [...by, ...own] });
    this.queries(queriesOfSli(sli), reader, by);
  }

  alert(alert: Alert, reader: Reader): void {
    const { condition } = alert;
    const by = condition.form === 'ratio' || condition.form === 'forecast' ? wires(condition.by) : [];
    this.queries(queriesOfAlert(alert), reader, by);
    if (condition.form === 'forecast') this.#add(condition.metric.name, { reader, expr: undefined, by });
  }

  panel({ source }: Panel, reader: Reader): void {
    switch (source.kind) {
      case 'metric':
        this.#add(source.metric.name, { reader, expr: undefined, by: wires(source.by) });
        return;
      case 'queries':
        this.queries(
          source.queries.map(({ query }) => query),
          reader,
        );
        return;
      case 'expressions':
        for (const { expr } of source.expressions) this.expression(expr, reader);
        return;
      case 'slo':
        this.sli(source.slo.sli, reader, wires(source.slo.by));
        return;
      case 'objectives':
        for (const slo of source.slos) this.sli(slo.sli, reader, wires(slo.by));
        return;
      case 'alert':
        this.alert(source.alert, reader);
        return;
      default:
    }
  }

  security(): void {
    for (const [name, event] of Object.entries(this.#model.sections.security?.events ?? {})) {
      if (event.alert === undefined || !this.#model.metrics.has(detectionCounter)) continue;
      const reader: Reader = { kind: 'alert', name: securityAlertName(name) };
      this.#add(detectionCounter, { reader, expr: undefined, by: ['event'] });
    }
  }
}

function wires(labels: readonly { readonly wire: string }[]): readonly string[] {
  return labels.map(({ wire }) => wire);
}

/** How a panel is told from others. */
export function panelName(dashboard: string, title: string): string {
  return `${dashboard} / ${title}`;
}

/** What of a spec reads each metric, through its SLIs and what objectives record as well. */
export function readsOf(model: Model): Reads {
  const collector = new Collector(model);
  const used = new Set([...model.slos.values()].map(({ sli }) => sli));
  for (const slo of model.slos.values())
    collector.sli(slo.sli, { kind: 'objective', name: slo.name }, wires(slo.by));
  for (const sli of model.slis.values())
    if (!used.has(sli)) collector.sli(sli, { kind: 'indicator', name: sli.name });
  for (const alert of model.alerts.values()) collector.alert(alert, { kind: 'alert', name: alert.name });
  collector.security();
  for (const dashboard of model.dashboards.values())
    for (const panel of dashboard.rows.flatMap(({ panels }) => panels))
      collector.panel(panel, { kind: 'panel', name: panelName(dashboard.name, panel.title) });
  return collector.reads;
}

/** The readers of some reads, each once, alerts first. */
export function readersIn(reads: readonly Read[]): readonly Reader[] {
  const order = ['alert', 'objective', 'indicator', 'panel'];
  const all = new Map(reads.map(({ reader }) => [`${order.indexOf(reader.kind)} ${reader.name}`, reader]));
  return [...all].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, reader]) => reader);
}

/** The readers of both specs, each once. */
export function joinReaders(...lists: readonly (readonly Reader[])[]): readonly Reader[] {
  return readersIn(lists.flat().map((reader) => ({ reader, expr: undefined, by: [] })));
}

/** Whether a read names a label: groups or matches by it, selects on it, writes it. */
export function namesLabel({ expr, by }: Read, label: string): boolean {
  if (by.includes(label)) return true;
  let found = false;
  if (expr !== undefined)
    walk(expr, (each) => {
      if (each.kind === 'selector') found ||= each.matchers.some((matcher) => matcher.label === label);
      else if (each.kind === 'aggregation') found ||= each.grouping?.labels.includes(label) === true;
      else if (each.kind === 'binary')
        found ||=
          each.matching?.labels.includes(label) === true ||
          each.matching?.group?.include.includes(label) === true;
      else if (each.kind === 'call' && each.func.startsWith('label_'))
        found ||= each.args.some((argument) => argument.kind === 'string' && argument.value === label);
    });
  return found;
}

/** Whether a read selects a value of a label with `=`, or with an alternative of a regular expression that lists values. */
export function selectsValue({ expr }: Read, label: string, value: string): boolean {
  return (
    expr !== undefined &&
    selectors(expr).some(({ matchers }) =>
      matchers.some(
        (matcher) =>
          matcher.label === label &&
          (matcher.operator === '=' || matcher.operator === '=~') &&
          matcher.value.split('|').includes(value),
      ),
    )
  );
}

/** Whether a metric's series reach the result, or an operator, with all their labels: then one label more or less is seen. */
export function seesEveryLabel({ expr }: Read, isOfMetric: (name: string) => boolean): boolean {
  let found = false;
  if (expr !== undefined)
    walk(expr, (each, parents) => {
      if (each.kind !== 'selector' || each.metric === undefined || !isOfMetric(each.metric)) return;
      found ||= !parents.some(
        (parent) => parent.kind === 'aggregation' && parent.grouping?.mode !== 'without',
      );
    });
  return found;
}
