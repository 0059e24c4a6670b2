import { cellCode, code, marked, table, text, type Markdown } from '../../encode/markdown.js';
import { authored } from '../../encode/authored-markdown.js';
import type { Model, Sensitivity, Span, SpanAttribute } from '../../model/model.js';
import { anchoredCode, blocks, codes, entryHeading, facts, listed, reference, referenceOr } from './words.js';

const sensitivities: Readonly<Record<Sensitivity, string>> = {
  none: '',
  content: 'content: exported only where the operator opts in',
  pii: 'personal: exported only where the operator opts in',
  secret: 'secret: never exported',
};

function attributeRow({
  name,
  exportedName,
  label,
  type,
  sensitivity,
  description,
}: SpanAttribute): readonly Markdown[] {
  return [
    cellCode(name),
    exportedName === name ? marked`` : cellCode(exportedName),
    label === undefined ? text(type) : marked`label ${reference('label', label.key)}`,
    text(sensitivities[sensitivity]),
    text(description ?? label?.description ?? ''),
  ];
}

function spanSection(model: Model, span: Span): Markdown {
  const { record, outcome } = span;
  const recorded = [
    record.count === undefined ? undefined : marked`${reference('metric', record.count.name)} (count)`,
    record.duration === undefined
      ? undefined
      : marked`${reference('metric', record.duration.name)} (duration)`,
    record.firstChunk === undefined
      ? undefined
      : marked`${reference('metric', record.firstChunk.name)} (time to the first chunk)`,
  ];
  return blocks([
    entryHeading('span', span.name),
    span.description === undefined ? undefined : authored(span.description),
    facts([
      ['Kind', text(span.kind)],
      ['Convention', span.convention === undefined ? undefined : code(span.convention)],
      ['Records', listed(recorded)],
      [
        'Outcome',
        outcome === undefined
          ? undefined
          : marked`${reference('label', outcome.label.key)}: ${code(outcome.ok)} when it returns, ${code(outcome.error)} when it throws`,
      ],
      ['Children', listed(span.children.map((name) => referenceOr('span', name, model.spans)))],
      ['From preset', span.origin.preset === undefined ? undefined : code(span.origin.preset)],
    ]),
    table(
      [marked`Attribute`, marked`Exported as`, marked`Type`, marked`Sensitivity`, marked`What it says`],
      span.attributes.map(attributeRow),
    ),
  ]);
}

/** Spans with their attributes and the metrics that are recorded from them. */
export function spansSection(model: Model): Markdown {
  return blocks([...model.spans.values()].map((span) => spanSection(model, span)));
}

/** Log events with their fields, and what is blotted out in every line. */
export function logsSection(model: Model): Markdown {
  const { redact } = model.logs;
  const rows = [...model.logs.events.values()].map((event) => [
    anchoredCode('event', event.name),
    text(event.level),
    text(event.category ?? ''),
    text(event.message),
    listed(event.fields.map(({ name, type }) => marked`${cellCode(name)} ${text(type)}`)),
  ]);
  return blocks([
    table([marked`Event`, marked`Level`, marked`Category`, marked`Message`, marked`Fields`], rows),
    redact.keys.length === 0
      ? undefined
      : marked`Fields that are redacted wherever they occur: ${codes(redact.keys)}.`,
    redact.patterns.length === 0 ? undefined : marked`Text that is redacted: ${codes(redact.patterns)}.`,
  ]);
}
