import { ownKeys } from '../logs/line-keys.js';
import { redacted } from '../redaction/rule.js';
import type { Redactor } from '../redaction/redactor.js';
import { safeText, safeValue } from '../redaction/safe-value.js';

type Fields = Record<string, unknown>;

/** Fields of one line that are shown. */
const maxFields = 100;

/** Keys of the options' own making, which a field may not have: pino would write both. */
const reserved = ['time', 'level', 'message'];
/** Those, and what every line has from the options. */
export const reservedForFields: readonly string[] = [...reserved, 'service'];

/** A copy of fields as data that can leave the process. */
export function cleanFields(fields: object, redactor: Redactor, taken: readonly string[] = reserved): Fields {
  const clean: Fields = {};
  for (const name of namesOf(fields)) {
    const key = taken.includes(name) ? `field.${name}` : safeText(name, redactor);
    clean[key] = cleanField(fields as Fields, name, redactor);
  }
  return clean;
}

function namesOf(fields: object): readonly string[] {
  try {
    return Object.keys(fields).slice(0, maxFields);
  } catch {
    return [];
  }
}

/** Whether what a child is bound to is not to be shown as it is. */
export function holdsSecret(child: { bindings(): Fields }, redactor: Redactor): boolean {
  try {
    const bindings = child.bindings();
    return JSON.stringify(cleanFields(bindings, redactor)) !== JSON.stringify(bindings);
  } catch {
    return true;
  }
}

/** A finished line without its secrets. */
export function cleanLine(line: string, redactor: Redactor): string {
  try {
    const fields = JSON.parse(line) as Fields;
    for (const name of Object.keys(fields)) fields[name] = cleanField(fields, name, redactor);
    return `${JSON.stringify(fields)}\n`;
  } catch {
    return `${JSON.stringify({ message: redacted })}\n`;
  }
}

function cleanField(fields: Fields, name: string, redactor: Redactor): unknown {
  try {
    const value = fields[name];
    if (value === undefined) return undefined;
    if (ownKeys.has(name) && typeof value === 'string') return safeText(value, redactor);
    if (redactor.hides(name, value)) return redacted;
    return value instanceof Error ? cleanError(value, redactor) : safeValue(value, redactor);
  } catch {
    return '[unreadable]';
  }
}

/** In the shape of pino's own serializer of errors. */
export function cleanError(error: Error, redactor: Redactor): Fields {
  const { name, message, stack } = error as { name: unknown; message: unknown; stack?: unknown };
  return {
    type: safeText(String(name), redactor),
    message: safeText(String(message), redactor),
    ...(typeof stack === 'string' ? { stack: safeText(stack, redactor) } : {}),
  };
}
