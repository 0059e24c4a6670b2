import { jsDoc } from '../../encode/comment.js';
import {
  booleanLiteral,
  identifier,
  joinCode,
  numberLiteral,
  stringLiteral,
  ts,
} from '../../encode/typescript.js';
import type { TsCode } from '../../encode/typescript.js';
import type { Metric, Model } from '../../model/model.js';
import { formerMetricDoc, metricDoc } from './docs.js';
import { besideSpecifier, importTypes, importValues, runtimeSpecifier } from './imports.js';
import type { ImportStyle } from './imports.js';
import { print } from './layout.js';
import { labelsInterface, metricBases, metricClass, ordinalConstants } from './metric-class.js';
import type { HelperNames } from './names.js';
import { breakableProperty, callEntry, inlineObject, numberList, objectEntry, property } from './shapes.js';
import type { Property } from './shapes.js';
import { renderTypeScript } from './view.js';

const kinds = {
  counter: { make: 'counter', type: 'Counter', labelledType: 'LabelledCounter' },
  gauge: { make: 'gauge', type: 'Gauge', labelledType: 'LabelledGauge' },
  histogram: { make: 'histogram', type: 'Histogram', labelledType: 'LabelledHistogram' },
} as const;

/** The text of `metrics.ts`; undefined where the spec has no metrics. */
export function metricsFile(model: Model, names: HelperNames, style: ImportStyle): string | undefined {
  const metrics = [...model.metrics.values()];
  if (metrics.length === 0) return undefined;
  const runtime = runtimeSpecifier(style);
  const labelsFile = besideSpecifier('labels', style);
  const labels = metrics.flatMap((metric) => metric.labels);
  const labelled = metrics.filter((metric) => metric.labels.length > 0);
  return renderTypeScript('metrics', {
    imports: joinCode(
      [
        ...importValues(metrics.map(maker), runtime),
        ...importTypes(metrics.map(typeName), runtime),
        ...importValues(labels.length === 0 ? [] : ['labels'], labelsFile),
        ...importTypes(
          labels.flatMap((label) => names.labelType(label) ?? []),
          labelsFile,
        ),
      ],
      '\n',
    ),
    deprecated: metrics.some((metric) => metric.deprecated !== undefined || metric.renamedFrom !== undefined),
    types: labelled.map((metric) => labelsInterface(metric, names)),
    ordinals: joinCode(ordinalConstants(labelled, names), '\n'),
    classes: labelled.map((metric) => metricClass(metric, names)),
    members: [
      ...metrics.map((metric) => ({
        doc: jsDoc(metricDoc(metric), '  '),
        code: member(metric, names.metric(metric), names),
      })),
      ...metrics.filter(isRenamed).map((metric) => ({
        doc: jsDoc(formerMetricDoc(metric), '  '),
        code: member(metric, names.formerMetric(metric), names),
      })),
    ],
    values: metrics.map((metric) => value(metric, names)),
    former: metrics.filter(isRenamed).map((metric) => former(metric, names)),
    renamed: metrics.some(isRenamed),
  });
}

/** What the runtime has for a metric: a function that makes it, or the class that its own class stands below. */
function maker({ type, labels }: Metric): string {
  return labels.length === 0 ? kinds[type].make : metricBases[type];
}

function typeName({ type, labels }: Metric): string {
  return labels.length === 0 ? kinds[type].type : kinds[type].labelledType;
}

function isRenamed({ renamedFrom }: Metric): boolean {
  return renamedFrom !== undefined;
}

/** The same helper under the former name of its metric. */
function former(metric: Metric, names: HelperNames): TsCode {
  return objectEntry(breakableProperty(names.formerMetric(metric), ts`all.${names.metric(metric)}`));
}

function member(metric: Metric, name: TsCode, names: HelperNames): TsCode {
  const head = ts`readonly ${name}: ${identifier(typeName(metric))}`;
  return print(
    metric.labels.length === 0 ? [head, ';'] : [head, '<', names.metricLabels(metric), '>', ';'],
    2,
  );
}

function value(metric: Metric, names: HelperNames): TsCode {
  const { aggregate, buckets, labels, exemplars, initialised, expireAfter, type } = metric;
  const properties: Property[] = [
    breakableProperty('name', stringLiteral(metric.name)),
    breakableProperty('help', stringLiteral(metric.help)),
  ];
  if (labels.length > 0) {
    const members = labels.map((label) => breakableProperty(label.wire, ts`labels.${names.label(label)}`));
    properties.push(property('labels', inlineObject(members)));
  }
  if (type === 'histogram') properties.push(property('buckets', numberList(buckets.map(numberLiteral))));
  if (exemplars) properties.push(property('exemplars', booleanLiteral(true)));
  if (initialised) properties.push(property('initialised', booleanLiteral(true)));
  if (expireAfter !== undefined) {
    properties.push(property('expireAfterSeconds', numberLiteral(expireAfter.seconds)));
  }
  const make = labels.length === 0 ? identifier(maker(metric)) : ts`new ${names.metricClass(metric)}`;
  if (aggregate !== 'sum') properties.push(breakableProperty('aggregate', stringLiteral(aggregate)));
  if (metric.renamedFrom !== undefined)
    properties.push(breakableProperty('renamedFrom', stringLiteral(metric.renamedFrom.name)));
  return callEntry(names.metric(metric), make, properties);
}
