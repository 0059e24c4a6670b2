// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { AttributeValue } from '@opentelemetry/api';
import { countDrop } from '../account.js';
import { environmentVariable } from '../host.js';
import type { Redactor } from '../redaction/redactor.js';
import { safeText, safeValue } from '../redaction/safe-value.js';

/** What the spec says of an attribute. */
export interface AttributeDefinition {
  readonly type:
    'string' | 'int' | 'double' | 'boolean' | 'json' | 'string[]' | 'int[]' | 'double[]' | 'boolean[]';
  /** Its name on the exported span, where that is another than the key. */
  readonly as?: string;
  /** content and pii are exported only where the operator opts in, secret never. */
  readonly sensitivity?: 'content' | 'pii' | 'secret';
}

/** Whether the operator lets contents of prompts and answers, and personal data, into spans. */
export function capturesContent(): boolean {
  return environmentVariable('OBSGEN_CAPTURE_CONTENT') === 'true';
}

/** Whether an attribute may be exported at all. */
export function isExported(attribute: AttributeDefinition): boolean {
  const { sensitivity } = attribute;
  return sensitivity === undefined || (sensitivity !== 'secret' && capturesContent());
}

/** The value as it is exported; undefined where it is of another type than the spec's, which is counted for the span. */
export function exportedValue(
  span: string,
  attribute: AttributeDefinition,
  value: unknown,
  redactor: Redactor,
): AttributeValue | undefined {
  const { type } = attribute;
  if (type === 'json') return JSON.stringify(safeValue(value, redactor));
  const found = type.endsWith('[]')
    ? listOf(type.slice(0, -2), value, redactor)
    : scalar(type, value, redactor);
  if (found === undefined) countDrop(span, 'wrong_type');
  return found;
}

function listOf(type: string, value: unknown, redactor: Redactor): AttributeValue | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value.map((item) => scalar(type, item, redactor));
  return items.includes(undefined) ? undefined : (items as string[]);
}

function scalar(type: string, value: unknown, redactor: Redactor): string | number | boolean | undefined {
  switch (type) {
    case 'string':
      if (typeof value === 'string') return safeText(value, redactor);
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
    case 'int':
      return Number.isSafeInteger(value) ? (value as number) : undefined;
    case 'double':
      return Number.isFinite(value) ? (value as number) : undefined;
    default:
      return typeof value === 'boolean' ? value : undefined;
  }
}
