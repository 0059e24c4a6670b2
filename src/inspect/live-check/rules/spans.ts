import { nearest } from '../../../diagnostics/did-you-mean.js';
import type { AttributeType, Label, Span, SpanAttribute } from '../../../model/model.js';
import { plainList } from '../../../model/checks/words.js';
import type { SeenSpan, SeenValue } from '../seen.js';
import { listed } from '../tally.js';
import type { RuleContext } from './context.js';

/** What the runtime, the SDK and middleware put on spans beside what the spec says: failures, and what was cut off. */
const ofRuntime =
  /^(?:error\.type$|exception\.|obsgen\.|otel\.|code\.|thread\.|session\.id$|user_agent\.|client\.|server\.|network\.|url\.|http\.|sentry\.)/;

/** Whether a value is of a type; a whole number is sent as `int`, whatever it is in the spec, and an empty list has no type. */
export function isOfAttributeType({ type, text }: SeenValue, wanted: AttributeType): boolean {
  switch (wanted) {
    case 'double':
      return type === 'double' || type === 'int';
    case 'double[]':
      return type === 'double[]' || type === 'int[]' || (type === 'string[]' && text === '[]');
    case 'json':
      return type === 'string';
    case 'string[]':
    case 'int[]':
    case 'boolean[]':
      return type === wanted || (type === 'string[]' && text === '[]');
    default:
      return type === wanted;
  }
}

function declaredSpan(span: Span): { readonly range: Span['origin']['key']; readonly message: string } {
  return { range: span.origin.key, message: `\`${span.name}\` is declared here` };
}

/** A span that the spec does not know. @param isOwn whether the service's own tracer made it, not a library's */
export function unknownSpan({ tally, model }: RuleContext, seen: SeenSpan, isOwn: boolean): void {
  // What libraries trace by themselves is theirs; there is nothing that the spec should say of it.
  if (!isOwn) return;
  tally.add('OBS6041', seen.name, () => {
    const meant = nearest(seen.name, model.spans.keys());
    return {
      message: `span \`${seen.name}\` is not declared`,
      range: seen.place(seen.name),
      help:
        meant === undefined
          ? 'declare it under `spans`, or accept it with --allow; a name with an id in it belongs into an attribute'
          : `did you mean \`${meant}\`?`,
    };
  });
}

function checkAttribute(context: RuleContext, span: Span, seen: SeenSpan, attribute: SpanAttribute): void {
  const { exportedName, type, label, sensitivity, origin } = attribute;
  const value = seen.attributes.get(exportedName);
  if (value === undefined || value.type === 'empty') return;
  const key = `${span.name}/${exportedName}`;
  const related = [{ range: origin.key, message: `\`${attribute.name}\` is declared here` }];
  if (sensitivity === 'secret') {
    context.tally.add('OBS6045', key, () => ({
      message: `span \`${span.name}\` exports \`${exportedName}\`, which is declared as secret`,
      // The value itself is not shown.
      range: seen.place(exportedName),
      related,
      help: 'take it off the span at once; what has been exported is in the trace store, and in backups of it',
    }));
    return;
  }
  if (!isOfAttributeType(value, type)) {
    context.tally.add('OBS6044', key, () => ({
      message: `\`${exportedName}\` of span \`${span.name}\` is of type ${value.type}, and declared as ${type}`,
      range: seen.place(exportedName),
      related,
      help: `set it as ${type}: queries of the trace store compare by type, and find nothing of another one`,
    }));
    return;
  }
  checkClosed(context, span, seen, exportedName, label);
}

function checkClosed(
  { tally }: RuleContext,
  span: Span,
  seen: SeenSpan,
  name: string,
  label: Label | undefined,
): void {
  const value = seen.attributes.get(name);
  if (value === undefined || label?.bound.kind !== 'closed') return;
  const { values } = label.bound;
  if (values.includes(value.text)) return;
  const message = `it is declared as ${plainList(values.slice(0, 12))}`;
  tally.add(
    'OBS6023',
    `${span.name}/${name}`,
    () => ({
      message: `\`${name}\` of span \`${span.name}\` is \`${value.text}\`, which is not among the values of label \`${label.key}\``,
      range: seen.place(value.text),
      related: [{ range: label.origin.of('values'), message }],
      help: (details, more) =>
        `record a declared value, or add it to \`values\`; not declared: ${listed(details, more)}`,
    }),
    value.text,
  );
}

/** A span that the spec knows: its kind, and its attributes. */
export function checkSpan(context: RuleContext, span: Span, seen: SeenSpan): void {
  const { tally } = context;
  if (seen.kind !== span.kind && seen.kind !== 'unspecified')
    tally.add('OBS6042', span.name, () => ({
      message: `span \`${span.name}\` is of kind ${seen.kind}, and declared as ${span.kind}`,
      range: seen.place(seen.kind),
      related: [{ range: span.origin.of('kind'), message: 'its kind is declared here' }],
      help: 'trace stores draw service maps from the kinds: open it with the declared one, or change the spec',
    }));
  const known = new Map(span.attributes.map((each) => [each.exportedName, each]));
  for (const attribute of span.attributes) checkAttribute(context, span, seen, attribute);
  if (span.outcome !== undefined)
    checkClosed(context, span, seen, span.outcome.label.wire, span.outcome.label);
  for (const [name, value] of seen.attributes) {
    const constant = span.constants.get(name);
    if (constant !== undefined && constant !== value.text)
      tally.add('OBS6023', `${span.name}/${name}`, () => ({
        message: `\`${name}\` of span \`${span.name}\` is \`${value.text}\`, and always \`${constant}\` by its convention`,
        range: seen.place(value.text),
        related: [declaredSpan(span)],
        help: `a span of another operation has another name, and a \`convention\` of its own`,
      }));
    if (constant !== undefined || known.has(name) || ofRuntime.test(name) || isOfEnd(span, name)) continue;
    tally.add('OBS6043', `${span.name}/${name}`, () => {
      const meant = nearest(name, known.keys());
      return {
        message: `span \`${span.name}\` has the attribute \`${name}\`, which is not declared`,
        range: seen.place(name),
        related: [declaredSpan(span)],
        help:
          meant === undefined
            ? 'declare it under `attributes`, with its type and, where it needs one, its sensitivity'
            : `did you mean \`${meant}\`?`,
      };
    });
  }
}

/** What the helpers set at the end of a span: how it ended, and when its first chunk came. */
function isOfEnd({ outcome, record }: Span, name: string): boolean {
  return outcome?.label.wire === name || (record.firstChunk !== undefined && name.endsWith('first_chunk'));
}
