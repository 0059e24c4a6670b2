// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { noteRedaction } from '../redaction/redaction-counter.js';
import { redacted } from '../redaction/redactor.js';
import type { Redactor } from '../redaction/redactor.js';
import { safeText, safeValue } from '../redaction/safe-value.js';
import { numberText } from './number-text.js';

/** From here on a whole number may be the number of a card; times in milliseconds are below it. */
const leastCardNumber = 2e12;

/**
 * Writes the fields of a line. What the compiler has written of an event calls it for each field with the text that stands before the
 * value, so that nothing is looked up; a field that is undefined is left out.
 */
export class LineWriter {
  private readonly redactor: Redactor;

  constructor(redactor: Redactor) {
    this.redactor = redactor;
  }

  /** @param before a comma, the key, a colon and a quotation mark */
  text(before: string, value: string | undefined): string {
    if (typeof value === 'string' && this.redactor.isPlain(value)) return `${before}${value}"`;
    return this.any(before.slice(0, -1), value);
  }

  /** @param before a comma, the key and a colon, as in the other methods */
  number(before: string, value: number | undefined): string {
    if (typeof value === 'number' && value < leastCardNumber && value > -leastCardNumber)
      return before + ((value | 0) === value ? String(value | 0) : numberText(value));
    return value === undefined ? '' : this.any(before, value);
  }

  boolean(before: string, value: boolean | undefined): string {
    if (typeof value === 'boolean') return before + (value ? 'true' : 'false');
    return this.any(before, value);
  }

  /** A value of any type, judged by its key and by its looks. */
  any(before: string, value: unknown): string {
    return value === undefined ? '' : before + this.value(JSON.parse(before.slice(1, -1)) as string, value);
  }

  /** The JSON of a value under a key. */
  value(key: string, value: unknown): string {
    if (this.redactor.hides(key, value)) return `"${redacted}"`;
    if (typeof value === 'string' && this.redactor.isPlain(value)) return `"${value}"`;
    if (typeof value === 'number' && value < leastCardNumber && value > -leastCardNumber)
      return numberText(value);
    // What may be the number of a card is looked at as a text.
    const shown =
      typeof value === 'number' && Number.isInteger(value) ? cardless(value, this.redactor) : value;
    return JSON.stringify(safeValue(shown, this.redactor));
  }

  /** The JSON of a text. */
  quoted(text: string): string {
    return this.redactor.isPlain(text) ? `"${text}"` : JSON.stringify(safeText(text, this.redactor));
  }

  /** A field that is hidden by its name, whose value is not even read. */
  hidden(text: string): string {
    noteRedaction('key', 'log');
    return text;
  }
}

/** A whole number, or what is left of the number of a card. */
function cardless(value: number, redactor: Redactor): number | string {
  const text = String(value);
  return redactor.text(text) === text ? value : redacted;
}
