import { camelCase } from '../../encode/names.js';
import { identifier, joinCode, propertyName, stringLiteral, ts } from '../../encode/typescript.js';
import type { TsCode } from '../../encode/typescript.js';
import type { Label, Metric, Span, SpanAttribute } from '../../model/model.js';
import { labelValueType } from './labels-file.js';
import { afterOperator, group, hardLine, ifBroken, indent, line, print, separated } from './layout.js';
import type { Layout } from './layout.js';
import type { HelperNames } from './names.js';
import { block, inlineObject, memberAccess, parameters, typeArguments, unionType } from './shapes.js';
import type { Property } from './shapes.js';

/** The attribute that gives a metric of the span one of its labels; the outcome gives its own. */
export function supplier(span: Span, label: Label): SpanAttribute | 'outcome' | undefined {
  if (span.outcome?.label === label) return 'outcome';
  return span.attributes.find((attribute) => attribute.label === label);
}

/** The metrics that a span records. */
export function recordedMetrics({ record }: Span): readonly Metric[] {
  return [record.count, record.duration, record.firstChunk].filter((metric) => metric !== undefined);
}

/** Attributes that have to be there at the end, because a recorded metric has them as labels. */
export function neededAttributes(span: Span): ReadonlySet<SpanAttribute> {
  const labels = recordedMetrics(span).flatMap((metric) => metric.labels);
  return new Set(
    labels.flatMap((label) => {
      const found = supplier(span, label);
      return found === undefined || found === 'outcome' ? [] : [found];
    }),
  );
}

/** Whether there is anything to write of a span. */
export function hasSpanClass(span: Span): boolean {
  return span.attributes.length > 0 || recordedMetrics(span).length > 0;
}

/** The class of the runtime that the class of a span stands below. */
export function spanBase({ attributes }: Span): 'BareSpan' | 'RunningSpan' {
  return attributes.length === 0 ? 'BareSpan' : 'RunningSpan';
}

/**
 * The class of a span. How its attributes are read and what is recorded from them is written out: code that all spans share would see
 * every shape of attributes, and pay for each of them by name.
 */
export function spanClass(span: Span, names: HelperNames, types: readonly TsCode[]): TsCode {
  const fields = fieldNames(span);
  const { count, duration, firstChunk } = span.record;
  const outcome = span.outcome === undefined ? ts`undefined` : labelValueType(span.outcome.label, names);
  const method = (name: TsCode, metric: Metric | undefined, given: readonly Layout[]): Layout[] =>
    metric === undefined
      ? []
      : [
          [
            ts`protected override ${name}`,
            parameters(given),
            ts`: void `,
            block([recording(span, metric, fields, names, outcome)]),
          ],
        ];
  const seconds = ts`seconds: number`;
  const ending = (metric: Metric | undefined): Layout[] =>
    metric?.labels.some((label) => supplier(span, label) === 'outcome') === true
      ? [[ts`outcome:`, unionType([outcome, ts`undefined`])]]
      : [];
  const methods: Layout[] = [
    ...(span.attributes.length === 0 ? [] : [setMethod(span, names, fields)]),
    ...method(ts`recordCount`, count, ending(count)),
    ...method(ts`recordDuration`, duration, [seconds, ...ending(duration)]),
    ...method(ts`recordFirstChunk`, firstChunk, [seconds]),
  ];
  return print([
    ts`class ${names.spanClass(span)} extends ${identifier(spanBase(span))}`,
    typeArguments(types),
    ' ',
    '{',
    indent([
      ...[...fields].map(([attribute, field]): Layout => [
        hardLine,
        fieldDeclaration(attribute, field, names),
      ]),
      ...(fields.size === 0 ? [] : [hardLine]),
      separated(
        methods.map((method): Layout => [hardLine, method]),
        hardLine,
      ),
    ]),
    hardLine,
    '}',
  ]);
}

/** The values of attributes that metrics need, in fields whose names no other member has. */
function fieldNames(span: Span): ReadonlyMap<SpanAttribute, TsCode> {
  const names = new Map<SpanAttribute, TsCode>();
  const taken = new Set<string>();
  for (const attribute of neededAttributes(span)) {
    const wish = `${camelCase(attribute.name)}Label`;
    let name = wish;
    for (let number = 2; taken.has(name); number += 1) name = `${wish}${number}`;
    taken.add(name);
    names.set(attribute, identifier(name));
  }
  return names;
}

function fieldDeclaration({ label }: SpanAttribute, field: TsCode, names: HelperNames): Layout {
  const type = label === undefined ? ts`string` : labelValueType(label, names);
  return [ts`private ${field}: ${type} | undefined`, ' =', afterOperator(ts`undefined`), ';'];
}

function setMethod(span: Span, names: HelperNames, fields: ReadonlyMap<SpanAttribute, TsCode>): Layout {
  const kept = [...fields].map(([attribute, field]): Layout => [
    ts`this.${field}`,
    ' =',
    group(indent([line, memberAccess(ts`of`, attribute.name), line, ts`?? this.${field}`])),
    ';',
  ]);
  const isContent = ({ sensitivity }: SpanAttribute): boolean =>
    sensitivity === 'content' || sensitivity === 'pii';
  const open = span.attributes.filter(({ sensitivity }) => sensitivity === 'none').map(exporting);
  const content = span.attributes.filter(isContent).map(exporting);
  const exports: Layout[] = [
    ...open,
    ...(content.length === 0 ? [] : [[ts`if (capturesContent()) `, block(content)]]),
  ];
  return [
    ts`override set`,
    parameters([ts`of: Partial<${names.attributesType(span)}>`]),
    ts`: void `,
    block([
      [
        ts`try `,
        block([
          ...kept,
          ...(exports.length === 0 ? [] : [ts`if (this.to === undefined) return;`, ...exports]),
        ]),
        ts` catch (error) `,
        block([ts`this.failed(error);`]),
      ],
    ]),
  ];
}

function exporting(attribute: SpanAttribute): Layout {
  const { exportedName, type } = attribute;
  const name = stringLiteral(exportedName);
  const value = memberAccess(ts`of`, attribute.name);
  if (type === 'json') return [ts`this.exportJson`, parameters([name, value]), ';'];
  return type.endsWith('[]')
    ? [ts`this.exportList`, parameters([stringLiteral(type.slice(0, -2)), name, value]), ';']
    : [ts`this.export`, parameters([stringLiteral(type), name, value]), ';'];
}

function recording(
  span: Span,
  metric: Metric,
  fields: ReadonlyMap<SpanAttribute, TsCode>,
  names: HelperNames,
  outcome: TsCode,
): Layout {
  const labels = metric.labels.flatMap((label): Property[] => {
    const found = supplier(span, label);
    if (found === undefined) return [];
    const name = propertyName(label.wire);
    if (found === 'outcome') return [{ name, value: ts`outcome as ${outcome}`, breakable: false }];
    const field = fields.get(found);
    return field === undefined
      ? []
      : [{ name, value: ts`this.${field} as ${labelValueType(label, names)}`, breakable: false }];
  });
  const helper =
    metric.deprecated === undefined
      ? ts`metrics.${names.metric(metric)}`
      : ts`deprecatedMetrics.${names.metric(metric)}`;
  const isCount = metric.type === 'counter';
  const method = isCount ? ts`${helper}.inc` : ts`${helper}.observe`;
  const object = inlineObject(labels);
  if (isCount) return labels.length === 0 ? ts`${method}();` : [method, '(', object, ')', ';'];
  return [method, parameters(labels.length === 0 ? [ts`seconds`] : [object, ts`seconds`]), ';'];
}

/**
 * Deprecated metrics that spans still record, under a type that does not say so: their deprecation is meant for those who write code, and
 * a linter would report it in this file as well.
 */
export function deprecatedMetrics(spans: readonly Span[], names: HelperNames): TsCode | undefined {
  const metrics = new Set(
    spans.flatMap(recordedMetrics).filter(({ deprecated }) => deprecated !== undefined),
  );
  if (metrics.size === 0) return undefined;
  const members = [...metrics].map((metric): Layout => {
    const labels = metric.labels.length === 0 ? [] : [ts`labels: object`];
    const method =
      metric.type === 'counter'
        ? ts`inc(${joinCode(labels, ', ')}): void`
        : ts`observe(${joinCode([...labels, ts`value: number`], ', ')}): void`;
    const type = group(['{', indent([line, method]), ifBroken(';'), line, '}']);
    return [hardLine, ts`readonly ${names.metric(metric)}`, ': ', type, ';'];
  });
  return print([ts`const deprecatedMetrics: `, '{', indent(members), hardLine, '}', ts` = metrics;`]);
}
