import { builtinModule } from '../host.js';
import type { Redactor } from '../redaction/redactor.js';
import { safeText } from '../redaction/safe-value.js';
import { cleanError, cleanFields, reservedForFields } from './clean-fields.js';

/**
 * What was given to a method of pino, without secrets. The text and what is put into it are joined first: apart, neither may look like a
 * secret.
 */
export function cleanArguments(given: readonly unknown[], redactor: Redactor): readonly unknown[] {
  const [first, ...rest] = given;
  if (typeof first !== 'object' || first === null) return [safeText(formatted(given), redactor)];
  const fields =
    first instanceof Error
      ? { err: cleanError(first, redactor) }
      : cleanFields(first, redactor, reservedForFields);
  const message = rest.length > 0 ? formatted(rest) : messageOf(first);
  return message === undefined ? [fields] : [fields, safeText(message, redactor)];
}

/** pino takes the message of an error where there is no other; it does so after this, and with its secrets. */
function messageOf(thrown: object): string | undefined {
  const { message } = thrown as { message?: unknown };
  return thrown instanceof Error && typeof message === 'string' ? message : undefined;
}

function formatted(parts: readonly unknown[]): string {
  const [first, ...others] = parts;
  if (others.length === 0) return typeof first === 'string' ? first : String(first);
  const util = builtinModule('node:util') as { format(...parts: readonly unknown[]): string } | undefined;
  return util === undefined ? parts.map(String).join(' ') : util.format(first, ...others);
}
