// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { countDrop } from '../account.js';
import { currentSettings } from '../settings/settings.js';
import { redacted } from '../redaction/redactor.js';
import type { Redactor } from '../redaction/redactor.js';
import { safeValue } from '../redaction/safe-value.js';
import type { SafeValue } from '../redaction/safe-value.js';
import type { FieldType } from '../logs/log.js';
import { normaliseAddress } from './address.js';
import { FrequencyTable } from './frequency.js';
import type { SecurityMetrics } from './metrics.js';
import type { Reputation } from './reputation.js';
import type { Severity } from './severity.js';

/** What the spec says of a security event. */
export interface SecurityEventDefinition<F> {
  readonly event: string;
  readonly severity: Severity;
  readonly message: string;
  readonly fields: { readonly [K in keyof NoInfer<F> & string]: FieldType };
  /** More than `above` of them within `perSeconds` are a detection, for each value of `by` where one is given. */
  readonly alert?: {
    readonly above: number;
    readonly perSeconds: number;
    readonly by?: keyof NoInfer<F> & string;
  };
}

/** A definition with the types of its fields forgotten: names come from the spec. */
export type AnySecurityEvent = SecurityEventDefinition<Record<string, unknown>>;

/** What the events of a service share. */
export interface EventParts {
  readonly metrics: SecurityMetrics;
  readonly reputation: Reputation;
  readonly redactor: Redactor;
  /** Adds a record to the audit trail, where there is one. */
  readonly audit: (event: string, fields: Readonly<Record<string, SafeValue>>) => void;
}

/** Writes a line of the log. */
export type WriteLine = (fields: Record<string, unknown>) => void;

/** What stands in the place of an address that is none. */
const noAddress = '[invalid]';
/** Longer values that an event is counted by are cut: they come from outside, and the table holds many. */
const maxKey = 256;

/** One security event: what happens each time. */
export class SecurityEvent {
  readonly definition: AnySecurityEvent;
  readonly table: FrequencyTable | undefined;
  private readonly parts: EventParts;
  private readonly addresses: readonly string[];
  private readonly writeEvent: WriteLine;
  private readonly writeDetection: WriteLine;

  constructor(
    definition: AnySecurityEvent,
    parts: EventParts,
    writeEvent: WriteLine,
    writeDetection: WriteLine,
  ) {
    this.definition = definition;
    this.parts = parts;
    this.writeEvent = writeEvent;
    this.writeDetection = writeDetection;
    this.table = definition.alert === undefined ? undefined : new FrequencyTable(definition.alert);
    this.addresses = Object.entries(definition.fields).flatMap(([name, type]) =>
      type === 'ip' ? [name] : [],
    );
    this.showTable();
  }

  /** Tells that it happened. Never throws. */
  happened(given: unknown): void {
    if (currentSettings().switches?.['security'] === false) return;
    const { event, severity } = this.definition;
    const fields = this.attempt(() => this.read(given)) ?? {};
    const isListed = this.attempt(() => this.isListed(fields)) === true;
    const told = { ...fields, severity, ...(isListed ? { reputation: 'listed' } : {}) };
    this.attempt(() => this.parts.metrics.securityEventsTotal?.inc({ event, severity }));
    if (isListed) this.attempt(() => this.parts.metrics.securityReputationMatchesTotal?.inc({ event }));
    this.attempt(() => {
      this.writeEvent(told);
    });
    this.attempt(() => {
      this.parts.audit(event, this.safe(told));
    });
    this.attempt(() => {
      this.detect(fields);
    });
  }

  /** The fields that the spec knows, addresses in their one form. */
  private read(given: unknown): Record<string, unknown> {
    const fields = Object.create(null) as Record<string, unknown>;
    for (const name of Object.keys(this.definition.fields)) {
      const value = (given as Readonly<Record<string, unknown>> | undefined)?.[name];
      if (value !== undefined) fields[name] = this.addresses.includes(name) ? this.address(value) : value;
    }
    return fields;
  }

  private address(value: unknown): string {
    const address = typeof value === 'string' ? normaliseAddress(value) : undefined;
    if (address === undefined) countDrop(this.definition.event, 'invalid_value');
    return address ?? noAddress;
  }

  private isListed(fields: Readonly<Record<string, unknown>>): boolean {
    return this.addresses.some((name) => {
      const value = fields[name];
      return typeof value === 'string' && this.parts.reputation.isListed(value);
    });
  }

  private detect(fields: Readonly<Record<string, unknown>>): void {
    const { event, severity, alert } = this.definition;
    if (this.table === undefined || alert === undefined) return;
    const { by, above, perSeconds } = alert;
    // All events without a usable value count as one, so that leaving it out is no way around the limit.
    const key = by === undefined ? '' : keyOf(fields[by]);
    if (!this.table.note(key)) return;
    this.attempt(() => this.parts.metrics.securityDetectionsTotal?.inc({ event }));
    const named = by === undefined ? {} : { by, key: fields[by] };
    const told = { detected: event, severity, above, per_seconds: perSeconds, ...named };
    this.writeDetection(told);
    this.parts.audit('security.detected', this.safe(told));
  }

  private safe(fields: Readonly<Record<string, unknown>>): Record<string, SafeValue> {
    const { redactor } = this.parts;
    return Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [
        key,
        redactor.hides(key, value) ? redacted : safeValue(value, redactor),
      ]),
    );
  }

  private showTable(): void {
    const { table } = this;
    const { event, alert } = this.definition;
    if (table === undefined || alert?.by === undefined) return;
    const { securityTrackedKeys, securityEvictedKeysTotal } = this.parts.metrics;
    this.attempt(() => {
      securityTrackedKeys?.observe({ event }, () => table.size);
      securityEvictedKeysTotal?.with({ event }).observe(() => table.evicted);
    });
  }

  private attempt<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch {
      countDrop(this.definition.event, 'internal_error');
      return undefined;
    }
  }
}

function keyOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.slice(0, maxKey);
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      return '';
  }
}
