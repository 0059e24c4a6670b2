// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { environmentVariable } from '../host.js';

/** The bounds of an export queue. */
export interface QueueLimits {
  /** Items that wait at most. */
  readonly maxQueue: number;
  /** Items that are sent together at most. */
  readonly maxBatch: number;
  /** How long an item waits for others. */
  readonly delaySeconds: number;
  /** After what time an export counts as failed. */
  readonly timeoutSeconds: number;
}

/** A day: a longer wait is another mistake. */
const maxMilliseconds = 86_400_000;

/**
 * The bounds that the standard variables set, `OTEL_BSP_*` for spans and `OTEL_BLRP_*` for log records:
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export function queueLimits(prefix: 'OTEL_BSP' | 'OTEL_BLRP'): QueueLimits {
  const maxQueue = number(`${prefix}_MAX_QUEUE_SIZE`, 2048, 1_000_000);
  const delay = number(`${prefix}_SCHEDULE_DELAY`, prefix === 'OTEL_BSP' ? 5000 : 1000, maxMilliseconds);
  return {
    maxQueue,
    maxBatch: Math.min(number(`${prefix}_MAX_EXPORT_BATCH_SIZE`, 512, 1_000_000), maxQueue),
    delaySeconds: delay / 1000,
    timeoutSeconds: number(`${prefix}_EXPORT_TIMEOUT`, 30_000, maxMilliseconds) / 1000,
  };
}

function number(name: string, byDefault: number, most: number): number {
  const text = environmentVariable(name);
  if (text === undefined) return byDefault;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  diag.warn(`${name} is no whole number from 1 to ${most}: ${byDefault} is used`);
  return byDefault;
}
