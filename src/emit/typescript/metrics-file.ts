import { jsDoc } from '../../encode/comment.js';
import {
  booleanLiteral,
  identifier,
  joinCode,
  numberLiteral,
  propertyName,
  stringLiteral,
  ts,
} from '../../encode/typescript.js';
import type { TsCode } from '../../encode/typescript.js';
import type { Metric, Model } from '../../model/model.js';
import { metricDoc } from './docs.js';
import { besideSpecifier, importTypes, importValues, runtimeSpecifier } from './imports.js';
import type { ImportStyle } from './imports.js';
import { labelValueType } from './labels-file.js';
import { print } from './layout.js';
import type { HelperNames } from './names.js';
import { breakableProperty, callEntry, inlineObject, numberList, objectType, property } from './shapes.js';
import type { Property } from './shapes.js';
import { renderTypeScript } from './view.js';

const kinds = {
  counter: {
    make: 'counter',
    makeLabelled: 'labelledCounter',
    type: 'Counter',
    labelledType: 'LabelledCounter',
  },
  gauge: { make: 'gauge', makeLabelled: 'labelledGauge', type: 'Gauge', labelledType: 'LabelledGauge' },
  histogram: {
    make: 'histogram',
    makeLabelled: 'labelledHistogram',
    type: 'Histogram',
    labelledType: 'LabelledHistogram',
  },
} as const;

/** The text of `metrics.ts`; undefined where the spec has no metrics. */
export function metricsFile(model: Model, names: HelperNames, style: ImportStyle): string | undefined {
  const metrics = [...model.metrics.values()];
  if (metrics.length === 0) return undefined;
  const runtime = runtimeSpecifier(style);
  const labelsFile = besideSpecifier('labels', style);
  const labels = metrics.flatMap((metric) => metric.labels);
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
    deprecated: metrics.some((metric) => metric.deprecated !== undefined),
    members: metrics.map((metric) => ({ doc: jsDoc(metricDoc(metric), '  '), code: member(metric, names) })),
    values: metrics.map((metric) => value(metric, names)),
  });
}

function maker({ type, labels }: Metric): string {
  return labels.length === 0 ? kinds[type].make : kinds[type].makeLabelled;
}

function typeName({ type, labels }: Metric): string {
  return labels.length === 0 ? kinds[type].type : kinds[type].labelledType;
}

function member(metric: Metric, names: HelperNames): TsCode {
  const name = names.metric(metric);
  const labels = metric.labels.map((label) => ({
    name: propertyName(label.wire),
    type: labelValueType(label, names),
  }));
  const head = ts`readonly ${name}: ${identifier(typeName(metric))}`;
  return print(labels.length === 0 ? [head, ';'] : [head, '<', objectType(labels), '>', ';'], 2);
}

function value(metric: Metric, names: HelperNames): TsCode {
  const { buckets, labels, exemplars, initialised, expireAfter, type } = metric;
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
  return callEntry(names.metric(metric), identifier(maker(metric)), properties);
}
