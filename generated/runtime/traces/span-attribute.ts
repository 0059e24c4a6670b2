// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { AttributeValue } from '@opentelemetry/api';
import { environmentVariable } from '../host.js';
import type { Redactor } from '../redaction/redactor.js';
import { safeText } from '../redaction/safe-value.js';
import { currentSettings } from '../settings/settings.js';

/** The types of single values that an attribute can have. */
export type ScalarType = 'string' | 'int' | 'double' | 'boolean';

/** Whether the operator lets contents of prompts and answers, and personal data, into spans. */
export function capturesContent(): boolean {
  return currentSettings().captureContent ?? environmentVariable('OBSGEN_CAPTURE_CONTENT') === 'true';
}

/** The value as it is exported; undefined where it is of another type than the spec's. */
export function scalarValue(
  type: ScalarType,
  value: unknown,
  redactor: Redactor,
): string | number | boolean | undefined {
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

/** The same for a list, all of whose items have to be of the type. */
export function listValue(type: ScalarType, value: unknown, redactor: Redactor): AttributeValue | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value.map((item) => scalarValue(type, item, redactor));
  return items.includes(undefined) ? undefined : (items as string[]);
}
