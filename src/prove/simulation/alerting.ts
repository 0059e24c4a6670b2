import { EvaluationError } from '../../promql/evaluate/error.js';
import { nameless, type LabelSet } from '../../promql/evaluate/labels.js';
import type { Sample } from '../../promql/evaluate/sample.js';
import type { SeriesStore } from '../../promql/evaluate/store.js';
import type { AlertingRule } from '../../promql/rule.js';
import { expandTemplate } from '../template/expand.js';
import { evaluated, Writer, type ServerLimits } from './rule-state.js';

/** An alert that fires, as Alertmanager gets it, alertname among its labels; times in seconds. */
export interface Instance {
  readonly labels: ReadonlyMap<string, string>;
  /** Annotations with their templates filled in. @throws TemplateError where one asks for what is not filled in here */
  annotations(): ReadonlyMap<string, string>;
  readonly value: number;
}

interface Active {
  readonly labels: LabelSet;
  readonly series: AlertSeries;
  /** Labels of the result that the templates read. */
  source: LabelSet;
  value: number;
  readonly activeAt: number;
  state: 'pending' | 'firing' | 'inactive';
  /** When the condition ceased to hold while the alert fired. */
  ceasedAt: number | undefined;
  resolvedAt: number | undefined;
}

/** The labels of the series that Prometheus writes about an alert. */
interface AlertSeries {
  readonly pending: LabelSet;
  readonly firing: LabelSet;
  readonly since: LabelSet;
}

function seriesOf(labels: LabelSet): AlertSeries {
  const inState = (state: string): LabelSet =>
    labels.with([
      ['__name__', 'ALERTS'],
      ['alertstate', state],
    ]);
  return {
    pending: inState('pending'),
    firing: inState('firing'),
    since: labels.with([['__name__', 'ALERTS_FOR_STATE']]),
  };
}

interface FiringSpan {
  readonly labels: LabelSet;
  readonly from: number;
  until: number | undefined;
  /** What the condition was at each evaluation: times and values, and the labels that it had. */
  readonly times: number[];
  readonly values: number[];
  readonly sources: LabelSet[];
}

/** How long a resolved alert is remembered, in seconds. */
const retention = 900;

/** A rule that alerts, over time: what is pending, what fires, and since when. */
export class AlertingState {
  readonly rule: AlertingRule;
  readonly #store: SeriesStore;
  readonly #limits: ServerLimits;
  readonly #writer: Writer;
  readonly #active = new Map<LabelSet, Active>();
  /** Labels of alerts by those of results; unknown where templates fill in values. */
  readonly #named: Map<LabelSet, LabelSet> | undefined;
  readonly #spans: FiringSpan[] = [];
  readonly #open = new Map<LabelSet, FiringSpan>();

  constructor(rule: AlertingRule, store: SeriesStore, limits: ServerLimits) {
    this.rule = rule;
    this.#store = store;
    this.#limits = limits;
    this.#writer = new Writer(store);
    this.#named = [...rule.labels.values()].some((text) => text.includes('{{')) ? undefined : new Map();
  }

  get name(): string {
    return this.rule.alert;
  }

  /** @param time seconds */
  evaluate(time: number): void {
    const found = this.#found(time);
    for (const [labels, { value, labels: source }] of found) {
      const known = this.#active.get(labels);
      if (known !== undefined && known.state !== 'inactive') {
        known.value = value;
        known.source = source;
      } else {
        this.#active.set(labels, {
          labels,
          series: known?.series ?? seriesOf(labels),
          source,
          value,
          activeAt: time,
          state: 'pending',
          ceasedAt: undefined,
          resolvedAt: undefined,
        });
      }
    }
    const samples: Sample[] = [];
    for (const alert of this.#active.values()) {
      if (found.has(alert.labels)) alert.ceasedAt = undefined;
      else if (!this.#stays(alert, time)) continue;
      if (alert.state === 'pending' && time - alert.activeAt >= (this.rule.for ?? 0)) alert.state = 'firing';
      samples.push(...this.#series(alert));
    }
    this.#note(time);
    this.#writer.write(samples, time);
  }

  /** Every stretch of firing, in seconds. */
  fires(): { labels: ReadonlyMap<string, string>; from: number; until: number | undefined }[] {
    return this.#spans.map(({ labels, from, until }) => ({ labels: labels.map, from, until }));
  }

  /** Those that fire after the evaluation at a time. */
  firingAt(time: number): Instance[] {
    return this.#spans.flatMap((span) => {
      const index = span.times.indexOf(time);
      const source = span.sources[index];
      const value = span.values[index];
      if (source === undefined || value === undefined) return [];
      const annotations = (): ReadonlyMap<string, string> =>
        new Map(
          [...this.rule.annotations].map(([name, text]) => [
            name,
            expandTemplate(text, { labels: source.map, value }),
          ]),
        );
      return [{ labels: span.labels.map, annotations, value }];
    });
  }

  /** The result of the condition by the labels of its alerts. */
  #found(time: number): ReadonlyMap<LabelSet, Sample> {
    const found = new Map<LabelSet, Sample>();
    for (const sample of evaluated(this.rule.expr, this.#store, time, this.#limits)) {
      const labels = this.#labelsOf(sample);
      if (found.has(labels))
        throw new EvaluationError(
          'vector contains metrics with the same labelset after applying alert labels',
        );
      found.set(labels, sample);
    }
    return found;
  }

  #labelsOf({ labels, value }: Sample): LabelSet {
    const known = this.#named?.get(labels);
    if (known !== undefined) return known;
    const data = { labels: labels.map, value };
    const made = labels
      .filter(nameless)
      .with([
        ...[...this.rule.labels].map(([name, text]) => [name, expandTemplate(text, data)] as const),
        ['alertname', this.rule.alert] as const,
      ]);
    this.#named?.set(labels, made);
    return made;
  }

  /** What becomes of an alert whose condition does not hold; whether it goes on firing. */
  #stays(alert: Active, time: number): boolean {
    const keepFor = this.rule.keepFiringFor ?? 0;
    let keeps = false;
    if (alert.state === 'firing' && keepFor > 0) {
      alert.ceasedAt ??= time;
      keeps = time - alert.ceasedAt < keepFor;
    }
    if (alert.state === 'pending' || (alert.resolvedAt !== undefined && time - alert.resolvedAt > retention))
      this.#active.delete(alert.labels);
    if (alert.state !== 'inactive' && !keeps) {
      alert.state = 'inactive';
      alert.resolvedAt = time;
    }
    return keeps;
  }

  /** The series that Prometheus writes about an alert that is pending or fires. */
  #series({ series, state, activeAt }: Active): Sample[] {
    return [
      { labels: state === 'firing' ? series.firing : series.pending, value: 1 },
      { labels: series.since, value: Math.floor(activeAt) },
    ];
  }

  #note(time: number): void {
    for (const alert of this.#active.values()) {
      if (alert.state !== 'firing') continue;
      let span = this.#open.get(alert.labels);
      if (span === undefined) {
        span = { labels: alert.labels, from: time, until: undefined, times: [], values: [], sources: [] };
        this.#open.set(alert.labels, span);
        this.#spans.push(span);
      }
      span.times.push(time);
      span.values.push(alert.value);
      span.sources.push(alert.source);
    }
    for (const [labels, span] of this.#open) {
      if (span.times.at(-1) === time) continue;
      span.until = time;
      this.#open.delete(labels);
    }
  }
}
