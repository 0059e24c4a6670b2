import { neededAttributes } from '../../emit/typescript/span-class.js';
import type { Span, SpanAttribute } from '../../model/model.js';
import { breaks, keeps, type Consequence, type Draft } from './change.js';
import { hitsOf, type Sides } from './context.js';
import { listed, without } from './values.js';

/** int and double are both `number` in TypeScript. */
function codeType({ type, label }: SpanAttribute): string {
  if (label !== undefined) return `label ${label.key}`;
  return type.replace(/^(?:int|double)/, 'number');
}

const traces = (what: string): Consequence => breaks('QUERY', `searches of traces for ${what} find nothing`);

function attributes(sides: Sides, before: Span, after: Span): Draft[] {
  const helper = `spans.${sides.new.names.span(after)}`;
  const at = `spans.${after.name}.attributes`;
  const [needed, neededBefore] = [neededAttributes(after), neededAttributes(before)];
  const drafts: Draft[] = [];
  const byName = new Map(after.attributes.map((each) => [each.name, each]));
  const known = new Map(before.attributes.map((each) => [each.name, each]));
  for (const old of before.attributes) {
    const same = byName.get(old.name);
    const place = `${at}.${old.name}`;
    if (same === undefined) {
      drafts.push({
        at: place,
        kind: 'removed',
        before: codeType(old),
        consequences: [
          breaks('CODE', `calls of ${helper} that give ${old.name} do not compile any more`),
          traces(old.exportedName),
        ],
      });
      continue;
    }
    if (codeType(old) !== codeType(same)) {
      drafts.push({
        at: place,
        kind: 'changed',
        before: codeType(old),
        after: codeType(same),
        consequences: [
          breaks('CODE', `${helper} takes another type for ${old.name}`),
          breaks('QUERY', `searches that compare ${same.exportedName} compare another kind of value`),
        ],
      });
    } else if (old.type !== same.type) {
      drafts.push({
        at: `${place}.type`,
        kind: 'changed',
        before: old.type,
        after: same.type,
        consequences: [keeps('CODE', 'both are numbers in TypeScript')],
      });
    }
    if (old.exportedName !== same.exportedName)
      drafts.push({
        at: `${place}.as`,
        kind: 'changed',
        before: old.exportedName,
        after: same.exportedName,
        consequences: [traces(old.exportedName)],
      });
    if (old.sensitivity !== same.sensitivity) {
      const isHidden = old.sensitivity === 'none' || same.sensitivity === 'secret';
      drafts.push({
        at: `${place}.sensitivity`,
        kind: 'changed',
        before: old.sensitivity,
        after: same.sensitivity,
        consequences: [
          isHidden
            ? breaks(
                'QUERY',
                `${same.exportedName} is exported only where the operator opts in, or not at all`,
              )
            : keeps('QUERY', `${same.exportedName} is exported more freely: make sure that it may`),
        ],
      });
    }
    if (needed.has(same) && !neededBefore.has(old) && codeType(old) === codeType(same))
      drafts.push({
        at: place,
        kind: 'changed',
        before: 'optional',
        after: 'required',
        consequences: [
          breaks(
            'CODE',
            `every call of ${helper} has to give ${same.name}: a metric that it records has that label`,
          ),
        ],
      });
    if (!needed.has(same) && neededBefore.has(old) && codeType(old) === codeType(same))
      drafts.push({
        at: place,
        kind: 'changed',
        before: 'required',
        after: 'optional',
        consequences: [keeps('CODE', `${same.name} can be left out`)],
      });
    if (old.description !== same.description)
      drafts.push({
        at: `${place}.description`,
        kind: 'changed',
        before: old.description,
        after: same.description,
      });
  }
  for (const attribute of after.attributes) {
    if (known.has(attribute.name)) continue;
    drafts.push({
      at: `${at}.${attribute.name}`,
      kind: 'added',
      after: codeType(attribute),
      consequences: [
        needed.has(attribute)
          ? breaks(
              'CODE',
              `every call of ${helper} has to give ${attribute.name}: a metric that it records has that label`,
            )
          : keeps('CODE', `${helper} takes ${attribute.name}`),
      ],
    });
  }
  return drafts;
}

function records(sides: Sides, before: Span, after: Span): Draft[] {
  return (['count', 'duration', 'firstChunk'] as const).flatMap((part): Draft[] => {
    const [was, is] = [before.record[part], after.record[part]];
    const isRenamed = was !== undefined && is?.renamedFrom?.name === was.name;
    if (was?.name === is?.name || isRenamed) return [];
    const at = `spans.${after.name}.record.${part}`;
    if (was === undefined)
      return [
        {
          at,
          kind: 'added',
          after: is?.name,
          consequences: [keeps('SERIES', `${is?.name ?? ''} is recorded from the span`)],
        },
      ];
    const hits = hitsOf(sides, was.name, was.name);
    return [
      {
        at,
        kind: is === undefined ? 'removed' : 'changed',
        before: was.name,
        after: is?.name,
        hits,
        consequences: [
          breaks('SERIES', `${was.name} is no longer recorded from the span: its rows stand still`),
          breaks('QUERY', `queries of ${was.name} see nothing happen`),
          ...(hits.some(({ kind }) => kind === 'alert' || kind === 'objective')
            ? [breaks('ALERT', `what watches ${was.name} no longer sees the span`)]
            : []),
        ],
      },
    ];
  });
}

function outcome(sides: Sides, before: Span, after: Span): Draft[] {
  const [was, is] = [before.outcome, after.outcome];
  const at = `spans.${after.name}.outcome`;
  const helper = `spans.${sides.new.names.span(after)}`;
  if (was?.label.key !== is?.label.key)
    return [
      {
        at,
        kind: was === undefined ? 'added' : is === undefined ? 'removed' : 'changed',
        before: was?.label.key,
        after: is?.label.key,
        consequences:
          was === undefined
            ? [keeps('CODE', `${helper}: span.outcome can be called`)]
            : [
                breaks('CODE', `${helper}: span.outcome takes other values, or is not there`),
                breaks('QUERY', `searches and queries for a value of ${was.label.wire} find nothing`),
              ],
      },
    ];
  return (['ok', 'error'] as const).flatMap((key): Draft[] =>
    was === undefined || is === undefined || was[key] === is[key]
      ? []
      : [
          {
            at: `${at}.${key}`,
            kind: 'changed',
            before: was[key],
            after: is[key],
            consequences: [
              breaks(
                'QUERY',
                `spans that end ${key === 'ok' ? 'well' : 'with an error'} count as ${is[key]}, no longer as ${was[key]}`,
              ),
            ],
          },
        ],
  );
}

function fields(sides: Sides, before: Span, after: Span): Draft[] {
  const at = `spans.${after.name}`;
  const drafts: Draft[] = [];
  if (before.kind !== after.kind)
    drafts.push({
      at: `${at}.kind`,
      kind: 'changed',
      before: before.kind,
      after: after.kind,
      consequences: [traces(`kind=${before.kind}`)],
    });
  if (before.convention !== after.convention)
    drafts.push({
      at: `${at}.convention`,
      kind: 'changed',
      before: before.convention,
      after: after.convention,
      consequences: [
        breaks('QUERY', 'the span has other conventional attributes: searches for the old ones find nothing'),
      ],
    });
  if (before.description !== after.description)
    drafts.push({
      at: `${at}.description`,
      kind: 'changed',
      before: before.description,
      after: after.description,
    });
  const [gone, come] = [without(before.children, after.children), without(after.children, before.children)];
  if (gone.length + come.length > 0)
    drafts.push({
      at: `${at}.children`,
      kind: 'changed',
      before: listed(before.children),
      after: listed(after.children),
      consequences: [
        keeps('CODE', 'a span under another parent than the spec says is counted, never refused'),
      ],
    });
  return [
    ...drafts,
    ...attributes(sides, before, after),
    ...records(sides, before, after),
    ...outcome(sides, before, after),
  ];
}

/** Everything that differs between the spans of two specs. */
export function diffSpans(sides: Sides): Draft[] {
  const [before, after] = [sides.old.model.spans, sides.new.model.spans];
  const drafts: Draft[] = [];
  for (const span of before.values()) {
    const same = after.get(span.name);
    if (same !== undefined) drafts.push(...fields(sides, span, same));
    else
      drafts.push({
        at: `spans.${span.name}`,
        kind: 'removed',
        before: span.kind,
        consequences: [
          breaks('CODE', `calls of spans.${sides.old.names.span(span)} do not compile any more`),
          traces(`the name ${span.name}`),
        ],
      });
  }
  for (const span of after.values())
    if (!before.has(span.name))
      drafts.push({
        at: `spans.${span.name}`,
        kind: 'added',
        after: span.kind,
        consequences: [keeps('CODE', `spans.${sides.new.names.span(span)} can be called`)],
      });
  return drafts;
}
