import type { Model } from '../../../model/model.js';
import { ruleGroupFiles } from '../../../emit/prometheus/files.js';
import { selector } from '../../../promql/build.js';
import { EvaluationError } from '../../../promql/evaluate/error.js';
import { Labels } from '../../../promql/evaluate/labels.js';
import type { SeriesStore } from '../../../promql/evaluate/store.js';
import type { RecordingRule, Rule } from '../../../promql/rule.js';
import { AlertingState } from '../../../prove/simulation/alerting.js';
import { evaluated, Writer, type ServerLimits } from '../../../prove/simulation/rule-state.js';
import { TemplateError } from '../../../prove/template/error.js';
import type { Family, Row } from '../row.js';
import {
  alertSpan,
  evaluations as strides,
  indexAt,
  longestGap,
  thinned,
  type Part,
  type Times,
} from '../times.js';
import type { Breath } from '../breath.js';
import { isLong, longStep, longStore } from './long.js';
import { rawStore } from './raw-store.js';
import { reachOf } from './windows.js';

/** Evaluates a rule at a time in seconds. */
type Step = (time: number) => void;

/** What the rules of a service record, and what their alerts do, over the made-up raw series. */
export class Recorded {
  readonly #families: readonly Family[];
  readonly #times: Times;
  readonly #rules: readonly Rule[];
  readonly #records: readonly RecordingRule[];
  readonly #limits: ServerLimits;
  readonly #labels = new Labels();
  #long: SeriesStore | undefined;

  constructor(model: Model, families: readonly Family[], times: Times) {
    this.#families = families;
    this.#times = times;
    this.#rules = ruleGroupFiles(model).flatMap(({ groups }) => groups.flatMap(({ rules }) => rules));
    this.#records = this.#rules.filter((rule) => rule.kind === 'record');
    this.#limits = { step: model.target.prometheus.evaluationInterval.seconds, maxSamples: Infinity };
  }

  /** The recorded series, as a family for each name */
  async families(part: Part, breath: Breath): Promise<readonly Family[]> {
    this.#long ??= longStore(this.#records, this.#families, this.#times, this.#limits, this.#labels);
    const names = new Set(this.#records.map(({ record }) => record));
    const indices = thinned(this.#times, strides[part]);
    const first = this.#times.at[indices[0] ?? 0] ?? 0;
    const { end } = this.#times;
    const planned = this.#rules.map((rule) => {
      const readsRaw = [...reachOf(rule.expr).keys()].some((name) => !names.has(name));
      return { rule, since: rule.kind === 'alert' && readsRaw ? Math.max(first, end - alertSpan) : first };
    });
    const store = this.#store(planned, names);
    const evaluations = planned.map(({ rule, since }) => ({
      since,
      evaluate: this.#evaluation(rule, store, names),
    }));
    for (const index of indices) {
      await breath();
      const time = this.#times.at[index] ?? 0;
      for (const { since, evaluate } of evaluations) if (time >= since) evaluate(time);
    }
    return [...names, 'ALERTS', 'ALERTS_FOR_STATE'].map((name) => ({
      name,
      type: 'gauge',
      help: '',
      rows: store.select(selector(name)).map((series) => this.#row(name, series, indices)),
    }));
  }

  #store(
    planned: readonly { readonly rule: Rule; readonly since: number }[],
    names: ReadonlySet<string>,
  ): SeriesStore {
    const earliest = new Map<string, number>();
    for (const { rule, since } of planned) {
      for (const [name, back] of reachOf(rule.expr)) {
        if (!names.has(name)) earliest.set(name, Math.min(since - back, earliest.get(name) ?? Infinity));
      }
    }
    return rawStore(this.#families, this.#times, earliest, this.#labels);
  }

  #evaluation(rule: Rule, store: SeriesStore, names: ReadonlySet<string>): Step {
    const evaluate =
      rule.kind === 'alert' ? this.#alerting(rule, store) : this.#recording(rule, store, names);
    let isBroken = false;
    return (time) => {
      if (isBroken) return;
      try {
        evaluate(time);
      } catch (error) {
        // A rule that cannot be evaluated here records nothing: its panels are empty, and the others are there.
        if (!(error instanceof EvaluationError || error instanceof TemplateError)) throw error;
        isBroken = true;
      }
    };
  }

  #alerting(rule: Extract<Rule, { kind: 'alert' }>, store: SeriesStore): Step {
    const state = new AlertingState(rule, store, this.#limits);
    return (time) => {
      state.evaluate(time);
    };
  }

  #recording(rule: RecordingRule, store: SeriesStore, names: ReadonlySet<string>): Step {
    const writer = new Writer(store);
    const long = isLong(rule, names) ? this.#long : undefined;
    const limits = long === undefined ? this.#limits : { ...this.#limits, lookback: 2 * longStep };
    return (time) => {
      const samples = evaluated(rule.expr, long ?? store, time, limits).map(({ labels, value }) => ({
        labels: labels.with([['__name__', rule.record], ...rule.labels]),
        value,
      }));
      writer.write(samples, time);
    };
  }

  /** A series as a row: between evaluations that are far apart, a value holds until the next one. */
  #row(name: string, series: ReturnType<SeriesStore['select']>[number], indices: readonly number[]): Row {
    const { at } = this.#times;
    const known = new Float64Array(at.length).fill(NaN);
    for (let sample = 0; sample < series.length; sample += 1)
      known[indexAt(this.#times, (series.times[sample] ?? 0) / 1000)] = series.values[sample] ?? NaN;
    const ends = new Set<number>();
    for (const [place, index] of indices.entries()) {
      const before = indices[place - 1];
      if (before !== undefined && Number.isNaN(known[index]) && !Number.isNaN(known[before])) ends.add(index);
      const next = indices[place + 1] ?? index;
      if ((at[next] ?? 0) - (at[index] ?? 0) > longestGap) known.fill(known[index] ?? NaN, index, next);
    }
    return {
      name,
      labels: [...series.labels.map].filter(([label]) => label !== '__name__'),
      cumulative: false,
      ends,
      fill(values, from, to) {
        values.set(known.subarray(from, to));
      },
    };
  }
}
