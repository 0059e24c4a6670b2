import { comment, commentCode, jsDoc } from '../../encode/comment.js';
import { joinCode, numberLiteral, propertyName, stringLiteral, ts } from '../../encode/typescript.js';
import type { TsCode } from '../../encode/typescript.js';
import { parseDuration } from '../../model/duration.js';
import type { Label, Model, Span, SpanAttribute } from '../../model/model.js';
import { attributeDoc, spanDoc } from './docs.js';
import { besideSpecifier, importTypes, importValues, runtimeSpecifier } from './imports.js';
import type { ImportStyle } from './imports.js';
import { labelValueType } from './labels-file.js';
import { afterOperator, print } from './layout.js';
import type { Layout } from './layout.js';
import type { HelperNames } from './names.js';
import {
  breakableProperty,
  callEntry,
  inlineObject,
  list,
  objectEntry,
  property,
  typeArguments,
  unionType,
} from './shapes.js';
import type { Property } from './shapes.js';
import { redacts } from './telemetry-file.js';
import {
  deprecatedMetrics,
  hasSpanClass,
  neededAttributes,
  recordedMetrics,
  spanBase,
  spanClass,
} from './span-class.js';
import { renderTypeScript } from './view.js';
import type { Declaration } from './view.js';

/** The text of `spans.ts`; undefined where the spec has no spans. */
export function spansFile(model: Model, names: HelperNames, style: ImportStyle): string | undefined {
  const spans = [...model.spans.values()];
  if (spans.length === 0) return undefined;
  const runtime = runtimeSpecifier(style);
  const labelsFile = besideSpecifier('labels', style);
  const hasMetrics = spans.some((span) => recordedMetrics(span).length > 0);
  const bare = spans.some(({ attributes }) => attributes.length === 0);
  return renderTypeScript('spans', {
    imports: joinCode(
      [
        ...importValues(
          [
            'createTracing',
            ...spans.filter(hasSpanClass).map(spanBase),
            ...(spans.some(hasContent) ? ['capturesContent'] : []),
          ],
          runtime,
        ),
        ...importTypes(['ActiveSpan', 'SpanHelper', ...(bare ? ['NoAttributes'] : [])], runtime),
        ...importValues(spans.some(({ outcome }) => outcome !== undefined) ? ['labels'] : [], labelsFile),
        ...importTypes(
          spans.flatMap(usedLabels).flatMap((label) => names.labelType(label) ?? []),
          labelsFile,
        ),
        ...importValues(hasMetrics ? ['metrics'] : [], besideSpecifier('metrics', style)),
        ...importValues(redacts(model) ? ['redaction'] : [], besideSpecifier('redaction', style)),
      ],
      '\n',
    ),
    types: spans.flatMap((span) => [
      ...(span.attributes.length === 0 ? [] : [attributesType(span, names)]),
      spanType(span, names),
    ]),
    members: spans.map((span) => ({ doc: jsDoc(spanDoc(span), '  '), code: member(span, names) })),
    scope: objectEntry(breakableProperty('scope', stringLiteral(model.service.name))),
    deprecated: deprecatedMetrics(spans, names) ?? ts``,
    classes: spans
      .filter(hasSpanClass)
      .map((span) =>
        spanClass(
          span,
          names,
          span.outcome === undefined
            ? [attributesTypeName(span, names)]
            : [attributesTypeName(span, names), labelValueType(span.outcome.label, names)],
        ),
      ),
    redacts: redacts(model),
    settings: tracingSettings(model),
    values: spans.map((span) => value(span, names)),
  });
}

/** What the spec says of all spans. */
function tracingSettings(model: Model): readonly TsCode[] {
  const { limits, abandonAfter } = model.sections.traces ?? {};
  const bounds = [
    ...(limits?.spans === undefined ? [] : [property('spans', numberLiteral(limits.spans))]),
    ...(limits?.depth === undefined ? [] : [property('depth', numberLiteral(limits.depth))]),
  ];
  const seconds = abandonAfter === undefined ? undefined : parseDuration(abandonAfter).seconds;
  return [
    ...(bounds.length === 0 ? [] : [objectEntry(property('limits', inlineObject(bounds)))]),
    ...(seconds === undefined ? [] : [objectEntry(property('abandonSeconds', numberLiteral(seconds)))]),
  ];
}

/** Whether something of it is exported only where the operator opts in. */
function hasContent({ attributes }: Span): boolean {
  return attributes.some(({ sensitivity }) => sensitivity === 'content' || sensitivity === 'pii');
}

function usedLabels(span: Span): readonly Label[] {
  const attributes = span.attributes.flatMap(({ label }) => (label === undefined ? [] : [label]));
  return span.outcome === undefined ? attributes : [...attributes, span.outcome.label];
}

function attributesType(span: Span, names: HelperNames): Declaration {
  const needed = neededAttributes(span);
  const members = span.attributes.flatMap((attribute) => {
    const required = needed.has(attribute);
    const type = attributeType(attribute, names);
    const name = propertyName(attribute.name);
    return [
      jsDoc(attributeDoc(attribute, required), '  '),
      print([ts`readonly ${name}`, required ? ':' : ts`?:`, orUndefined(type), ';'], 2),
    ].filter((text) => text !== '');
  });
  const name = attributesTypeName(span, names);
  return {
    doc: jsDoc([comment`Attributes of ${commentCode(span.name)}.`], ''),
    code: joinCode([ts`export interface ${name} {`, ...members, ts`}`], '\n'),
  };
}

function spanType(span: Span, names: HelperNames): Declaration {
  const name = names.spanType(span);
  return {
    doc: jsDoc([comment`The span ${commentCode(span.name)} while it runs.`], ''),
    code: print([
      ts`export type ${name}`,
      ' =',
      afterOperator([ts`ActiveSpan`, spanTypeArguments(span, names)]),
      ';',
    ]),
  };
}

function spanTypeArguments(span: Span, names: HelperNames): Layout {
  return typeArguments([
    attributesTypeName(span, names),
    span.outcome === undefined ? ts`never` : labelValueType(span.outcome.label, names),
  ]);
}

function attributesTypeName(span: Span, names: HelperNames): TsCode {
  return span.attributes.length === 0 ? ts`NoAttributes` : names.attributesType(span);
}

/** `unknown` includes undefined already, and linters refuse to say so twice. */
function orUndefined(type: TsCode): Layout {
  return type === scalarTypes.json ? [' ', type] : unionType([type, ts`undefined`]);
}

const scalarTypes = {
  string: ts`string`,
  int: ts`number`,
  double: ts`number`,
  boolean: ts`boolean`,
  json: ts`unknown`,
  'string[]': ts`readonly string[]`,
  'int[]': ts`readonly number[]`,
  'double[]': ts`readonly number[]`,
  'boolean[]': ts`readonly boolean[]`,
};

function attributeType({ label, type }: SpanAttribute, names: HelperNames): TsCode {
  return label === undefined ? scalarTypes[type] : labelValueType(label, names);
}

function member(span: Span, names: HelperNames): TsCode {
  const name = names.span(span);
  return print([ts`readonly ${name}: SpanHelper`, spanTypeArguments(span, names), ';'], 2);
}

function value(span: Span, names: HelperNames): TsCode {
  const { duration, firstChunk } = span.record;
  const measured = duration !== undefined || firstChunk !== undefined ? 'time' : 'count';
  const properties: Property[] = [
    breakableProperty('name', stringLiteral(span.name)),
    breakableProperty('kind', stringLiteral(span.kind)),
  ];
  if (hasSpanClass(span)) properties.unshift(breakableProperty('recorder', names.spanClass(span)));
  if (span.constants.size > 0) {
    const constants = [...span.constants].map(([key, text]) => breakableProperty(key, stringLiteral(text)));
    properties.push(property('constants', inlineObject(constants)));
  }
  if (span.outcome !== undefined) properties.push(property('outcome', outcomeDefinition(span, names)));
  if (recordedMetrics(span).length > 0)
    properties.push(breakableProperty('measured', stringLiteral(measured)));
  if (span.children.length > 0) properties.push(property('children', list(span.children.map(stringLiteral))));
  return callEntry(names.span(span), ts`tracing.span`, properties);
}

function outcomeDefinition(span: Span, names: HelperNames): Layout {
  const { outcome } = span;
  if (outcome === undefined) return '{}';
  const { label, ok, error } = outcome;
  const attribute = span.attributes.find((each) => each.label === label);
  return inlineObject([
    breakableProperty('label', ts`labels.${names.label(label)}`),
    breakableProperty('as', stringLiteral(attribute?.exportedName ?? label.wire)),
    breakableProperty('ok', stringLiteral(ok)),
    breakableProperty('error', stringLiteral(error)),
  ]);
}
