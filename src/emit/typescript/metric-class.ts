import { numberLiteral, ts } from '../../encode/typescript.js';
import { identifier, joinCode, propertyName } from '../../encode/typescript.js';
import type { TsCode } from '../../encode/typescript.js';
import { jsDoc, comment, commentCode } from '../../encode/comment.js';
import type { Label, Metric } from '../../model/model.js';
import { isSparse, stridesOf } from '../../runtime/metrics/row-layout.js';
import { labelValueType } from './labels-file.js';
import { afterOperator, group, hardLine, indent, line, print, separated, softLine } from './layout.js';
import type { Layout } from './layout.js';
import type { HelperNames } from './names.js';
import { block, list, parameters } from './shapes.js';
import type { Declaration } from './view.js';

/** The classes of the runtime that the classes of metrics stand below. */
export const metricBases = {
  counter: 'CounterMetric',
  gauge: 'GaugeMetric',
  histogram: 'HistogramMetric',
} as const;

/** What an update is called, what is given to it besides the labels, and what it does with the row. */
interface Update {
  readonly name: TsCode;
  readonly parameter: TsCode;
  readonly argument: TsCode;
  readonly check: TsCode;
  readonly effect: TsCode;
  readonly value: TsCode;
}

const increment: Update = {
  name: ts`inc`,
  parameter: ts`amount = 1`,
  argument: ts`amount`,
  check: ts`isStep`,
  effect: ts`add`,
  value: ts`amount`,
};
const shift: Update = { ...increment, check: ts`isValue` };
const given = { parameter: ts`value: number`, argument: ts`value`, value: ts`value` };

const updates: Readonly<Record<Metric['type'], readonly Update[]>> = {
  counter: [increment],
  gauge: [
    { ...given, name: ts`set`, check: ts`isValue`, effect: ts`put` },
    shift,
    { ...shift, name: ts`dec`, value: ts`-amount` },
  ],
  histogram: [{ ...given, name: ts`observe`, check: ts`isStep`, effect: ts`record` }],
};

/** The labels of a metric as its helper takes them. */
export function labelsInterface(metric: Metric, names: HelperNames): Declaration {
  const members = metric.labels.map((label) =>
    print([ts`readonly ${propertyName(label.wire)}: ${labelValueType(label, names)}`, ';'], 2),
  );
  return {
    doc: jsDoc([comment`Labels of ${commentCode(metric.name)}.`], ''),
    code: joinCode([ts`export interface ${names.metricLabels(metric)} {`, ...members, ts`}`], '\n'),
  };
}

/**
 * The class of a metric with labels. How its labels lead to a row is written out, each update beside it: code that all metrics share
 * would see every shape of labels, and the engine could neither inline it nor do without allocating them.
 */
export function metricClass(metric: Metric, names: HelperNames): TsCode {
  const labels = names.metricLabels(metric);
  const methods = [
    ...updates[metric.type].map((each) => updateMethod(each, labels, metric.exemplars)),
    rowMethod(metric, names),
  ];
  return print([
    ts`class ${names.metricClass(metric)} extends ${identifier(metricBases[metric.type])}`,
    '<',
    labels,
    '>',
    ' ',
    '{',
    indent(
      separated(
        methods.map((method): Layout => [hardLine, method]),
        hardLine,
      ),
    ),
    hardLine,
    '}',
  ]);
}

function updateMethod(update: Update, labels: TsCode, hasExemplars: boolean): Layout {
  const { name, parameter, argument, check, value } = update;
  const effect = hasExemplars ? ts`${update.effect}Traced` : update.effect;
  return [
    ts`override ${name}`,
    parameters([ts`of: ${labels}`, parameter]),
    ts`: void `,
    block([ts`if (this.store.${check}(${argument})) this.store.${effect}(this.row(of), ${value});`]),
  ];
}

function rowMethod(metric: Metric, names: HelperNames): Layout {
  const values = metric.labels.map((label) => ts`of.${identifier(label.wire)}`);
  const ordinals = metric.labels.map((_, index) => ordinalName(index));
  const look = metric.labels.map((label, index): Layout => [
    ts`const ${ordinalName(index)}`,
    ' =',
    afterOperator([names.ordinal(label), parameters([values[index] ?? ts``])]),
    ';',
  ]);
  const least = joinCode(ordinals, ' | ');
  return [
    ts`protected override row`,
    parameters([ts`of: ${names.metricLabels(metric)}`]),
    ts`: number `,
    block([
      [
        ts`try `,
        block([
          ...look,
          [
            ordinals.length === 1 ? ts`if (${least} < 0) ` : ts`if ((${least}) < 0) `,
            block([[ts`return this.miss(`, list(values), ts`);`]]),
          ],
          ts`return ${rowExpression(metric.labels, rowWidth(metric))};`,
        ]),
        ts` catch `,
        block([ts`return this.unreadable();`]),
      ],
    ]),
  ];
}

/** The functions that number the values of the labels, so that a row is found without going through objects. */
export function ordinalConstants(metrics: readonly Metric[], names: HelperNames): readonly TsCode[] {
  const labels = new Set(metrics.flatMap((metric) => metric.labels));
  return [...labels].map((label) =>
    print([
      ts`const ${names.ordinal(label)}`,
      ' =',
      group(indent([line, ts`labels.${names.label(label)}`, group(indent([softLine, ts`.ordinal`]))])),
      ';',
    ]),
  );
}

/** The row's number from the numbers of the labels' values, as the runtime's layouts have it. */
function rowExpression(labels: readonly Label[], width: number): TsCode {
  const dimensions = labels.map(({ bound }) =>
    bound.kind === 'closed'
      ? { size: bound.values.length, isDynamic: false }
      : { size: bound.cap + 1, isDynamic: true },
  );
  if (isSparse(dimensions, width)) {
    const key = dimensions.slice(1).reduce((higher, { size }, index) => {
      const isSum = index > 0;
      const times = ts`${isSum ? ts`(${higher})` : higher} * ${numberLiteral(size)}`;
      return ts`${times} + ${ordinalName(index + 1)}`;
    }, ordinalName(0));
    return ts`this.rowOfKey(${key})`;
  }
  const terms = stridesOf(dimensions).map((stride, index) =>
    stride === 1 ? ordinalName(index) : ts`${ordinalName(index)} * ${numberLiteral(stride)}`,
  );
  return terms.slice(1).reduce((sum, term) => ts`${sum} + ${term}`, terms[0] ?? ts`0`);
}

/** Cells of a row. */
function rowWidth({ buckets, type }: Metric): number {
  return type === 'histogram' ? buckets.length + 2 : 1;
}

/** `a`, `b`, …: a metric has at most twelve labels. */
function ordinalName(index: number): TsCode {
  return identifier(String.fromCharCode(97 + index));
}
