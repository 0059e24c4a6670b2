import { ruleGroupFiles } from '../../emit/prometheus/files.js';
import { resultLabels } from '../../model/analysis.js';
import type { Model } from '../../model/model.js';
import { labelSize, seriesNamed } from '../../model/series.js';
import type { Expr, VectorSelector } from '../../promql/ast.js';
import type { AlertingRule, RecordingRule, Rule } from '../../promql/rule.js';
import { selectors } from '../../promql/walk.js';
import { expectedValues } from '../expected/label-values.js';
import type { Rates } from '../expected/rates.js';
import type { Motion } from '../storage/motion.js';
import type { SeriesSet } from './series-set.js';

/** How many values a label has: as the caps allow, and as is expected. */
interface Size {
  readonly worst: number;
  readonly expected: number;
}
type Sizes = ReadonlyMap<string, Size>;

/** What is known of the series that a rule records. */
interface Recorded {
  /** Those that the rule sets. */
  readonly labels: ReadonlyMap<string, string>;
  readonly sizes: Sizes;
  readonly isStill: boolean;
}

/** What counting the series of rules needs to know. */
export interface RuleContext {
  readonly model: Model;
  readonly rates: Rates;
  readonly share: number;
  /** Of the region. */
  readonly instances: number;
}

/** pending, firing, and ALERTS_FOR_STATE. */
const seriesOfAlert = 3;
/** Of an alert that fires all the time. */
const seriesOfFiring = 2;

const one: Size = { worst: 1, expected: 1 };

/** Reads rules in their order: those that read what others record stand after them. */
class Reader {
  readonly #context: RuleContext;
  readonly #records = new Map<string, Recorded[]>();

  constructor(context: RuleContext) {
    this.#context = context;
  }

  /** What is recorded under the name of a selector, without what its matchers leave out: objectives share names. */
  #recordsOf({ metric = '', matchers }: VectorSelector): readonly Recorded[] {
    return (this.#records.get(metric) ?? []).filter(({ labels }) =>
      matchers.every(
        ({ label, operator, value }) => operator !== '=' || (labels.get(label) ?? value) === value,
      ),
    );
  }

  /** The sizes of the labels of what an expression reads; a matcher with = leaves one value. */
  #sizesOf(expr: Expr): Sizes {
    const found = new Map<string, Size>();
    const add = (label: string, size: Size): void => {
      const known = found.get(label);
      found.set(label, {
        worst: Math.max(size.worst, known?.worst ?? 0),
        expected: Math.max(size.expected, known?.expected ?? 0),
      });
    };
    const { model, share, instances } = this.#context;
    add('instance', { worst: instances, expected: instances });
    for (const selector of selectors(expr)) {
      const { metric = '', matchers } = selector;
      const single = new Set(matchers.filter(({ operator }) => operator === '=').map(({ label }) => label));
      const read = seriesNamed(model, metric)?.metric;
      const labels = read !== undefined && 'buckets' in read ? read.labels : [];
      for (const label of labels) {
        if (!single.has(label.wire))
          add(label.wire, { worst: labelSize(label), expected: expectedValues(label, share).length });
      }
      for (const { sizes } of this.#recordsOf(selector))
        for (const [label, size] of sizes) if (!single.has(label)) add(label, size);
    }
    return found;
  }

  /** The sizes of the labels that the series of a rule are told apart by. */
  #kept({ expr, labels: set }: Rule): Sizes {
    const read = this.#sizesOf(expr);
    const labels = resultLabels(this.#context.model, expr);
    const kept = new Map<string, Size>();
    for (const [label, size] of read) {
      const isKept = labels === undefined || !labels.closed || labels.labels.has(label);
      if (isKept && !set.has(label) && selectors(expr).length > 0) kept.set(label, size);
    }
    return kept;
  }

  /** Whether nothing that an expression reads ever moves. */
  #isStill(expr: Expr): boolean {
    return selectors(expr).every((selector) => {
      const { metric = '' } = selector;
      const records = this.#recordsOf(selector);
      if (records.length > 0) return records.every((each) => each.isStill);
      const read = seriesNamed(this.#context.model, metric)?.metric;
      return read === undefined || read.type === 'gauge'
        ? false
        : this.#context.rates.ofMetric(read.name).perSecond === 0;
    });
  }

  record(rule: RecordingRule, interval: number): SeriesSet {
    const sizes = this.#kept(rule);
    const isStill = this.#isStill(rule.expr);
    const before = this.#records.get(rule.record) ?? [];
    this.#records.set(rule.record, [...before, { labels: rule.labels, sizes, isStill }]);
    const { worst, expected } = product(sizes);
    const motion: Motion = isStill ? { kind: 'still' } : { kind: 'real' };
    return {
      source: 'rules',
      name: rule.record,
      ...{ worst, expected, ofInstance: undefined, interval },
      moving: [{ motion, series: expected }],
      labels: 1 + rule.labels.size + sizes.size,
      basis: sizes.size === 0 ? 'one' : `by ${[...sizes.keys()].join(', ')}`,
    };
  }

  alert(rule: AlertingRule, interval: number): SeriesSet {
    const sizes = this.#kept(rule);
    const always = selectors(rule.expr).length === 0;
    const expected = always ? seriesOfFiring : 0;
    return {
      source: 'alerts',
      name: rule.alert,
      worst: product(sizes).worst * (always ? seriesOfFiring : seriesOfAlert),
      expected,
      ofInstance: undefined,
      interval,
      moving: [{ motion: { kind: 'still' }, series: expected }],
      labels: 3 + rule.labels.size + sizes.size,
      basis: always ? 'fires always' : 'none while nothing is wrong',
    };
  }
}

function product(sizes: Sizes): Size {
  return [...sizes.values()].reduce(
    (all, { worst, expected }) => ({ worst: all.worst * worst, expected: all.expected * expected }),
    one,
  );
}

/** The series that the rules of a spec record, and those of its alerts, in one region. */
export function ruleSets(context: RuleContext): SeriesSet[] {
  const reader = new Reader(context);
  return ruleGroupFiles(context.model)
    .flatMap(({ groups }) => groups)
    .flatMap(({ rules, interval }) =>
      rules.map((rule) =>
        rule.kind === 'record' ? reader.record(rule, interval) : reader.alert(rule, interval),
      ),
    );
}
