import { nearest } from '../../../diagnostics/did-you-mean.js';
import type { FieldType, LogEvent } from '../../../model/model.js';
import { fieldKeys, ownKeys } from '../../../runtime/logs/line-keys.js';
import { redacted } from '../../../runtime/redaction/rule.js';
import type { SeenRecord, SeenValue } from '../seen.js';
import type { RuleContext } from './context.js';

function isOfFieldType({ type, text }: SeenValue, wanted: FieldType): boolean {
  // What was hidden is a text, whatever it was before.
  if (wanted === 'json' || text.includes(redacted)) return true;
  switch (wanted) {
    case 'double':
      return type === 'double' || type === 'int';
    case 'ip':
    case 'string':
      return type === 'string';
    default:
      return type === wanted;
  }
}

/** An event that the spec does not know. */
export function unknownEvent({ tally, model }: RuleContext, event: string, seen: SeenRecord): void {
  tally.add('OBS6051', event, () => {
    const meant = nearest(event, model.logs.events.keys());
    return {
      message: `log event \`${event}\` is not declared`,
      range: seen.place(event),
      help:
        meant === undefined
          ? 'declare it under `logs.events`, or accept it with --allow'
          : `did you mean \`${meant}\`?`,
    };
  });
}

/** A record of an event that the spec knows: its level and its fields. Baggage and what the runtime adds may stand beside them. */
export function checkRecord({ tally, model }: RuleContext, event: LogEvent, seen: SeenRecord): void {
  const related = [{ range: event.origin.key, message: `\`${event.name}\` is declared here` }];
  if (seen.level !== undefined && seen.level !== event.level)
    tally.add('OBS6054', event.name, () => ({
      message: `log event \`${event.name}\` is of level ${seen.level ?? ''}, and declared as ${event.level}`,
      range: seen.place(),
      related,
      help: 'log it by its helper, which has the level; searches and alerts select by it',
    }));
  const keys = fieldKeys(event.fields.map(({ name }) => name));
  const fields = new Map(event.fields.map((field, index) => [keys[index] ?? field.name, field]));
  for (const [key, field] of fields) {
    const value = seen.attributes.get(key);
    if (value === undefined || value.type === 'empty' || isOfFieldType(value, field.type)) continue;
    tally.add('OBS6052', `${event.name}/${key}`, () => ({
      message: `field \`${key}\` of log event \`${event.name}\` is of type ${value.type}, and declared as ${field.type}`,
      range: seen.place(key),
      related,
      help: `log it as ${field.type}`,
    }));
  }
  const baggage = new Set(model.sections.correlation?.baggage ?? []);
  for (const key of seen.attributes.keys()) {
    if (
      fields.has(key) ||
      ownKeys.has(key) ||
      baggage.has(key) ||
      /^(?:baggage|field|code|log|exception)\./.test(key)
    )
      continue;
    tally.add('OBS6053', `${event.name}/${key}`, () => ({
      message: `log event \`${event.name}\` has the field \`${key}\`, which is not declared`,
      range: seen.place(key),
      related,
      help: 'declare it under `fields`, with its type',
    }));
  }
}
