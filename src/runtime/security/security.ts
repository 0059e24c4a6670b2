import { diag } from '@opentelemetry/api';
import { countLost } from '../account.js';
import type { Component } from '../component.js';
import { builtinModule, environmentVariable } from '../host.js';
import { createLogger } from '../logs/log.js';
import type { FieldType, LoggerSettings } from '../logs/log.js';
import { createRedactor } from '../redaction/redactor.js';
import type { SafeValue } from '../redaction/safe-value.js';
import { AuditTrail } from '../audit/trail.js';
import type { AuditSync } from '../audit/trail.js';
import { SecurityEvent } from './event.js';
import type { AnySecurityEvent, EventParts, SecurityEventDefinition } from './event.js';
import type { SecurityMetrics } from './metrics.js';
import { Reputation } from './reputation.js';
import { levelOf } from './severity.js';
import { placeOf } from './place.js';

/** Tells that a security event happened. Never throws. */
export type TellSecurityEvent<F> = (fields: F) => void;

/** Tells that a security event happened, which has no fields. Never throws. */
export type TellPlainSecurityEvent = () => void;

/** Makes the security events of a service. */
export interface Security {
  event<F extends object>(definition: SecurityEventDefinition<F>): TellSecurityEvent<F>;
  plainEvent(definition: Omit<AnySecurityEvent, 'fields'>): TellPlainSecurityEvent;
  /** For `createTelemetry`. */
  readonly component: Component;
}

/** What the spec says of the audit trail. */
export interface AuditDefinition {
  /** Path; the environment variable OBSGEN_AUDIT_FILE overrides it. */
  readonly file: string;
  /** Environment variable with the secret of the chain. */
  readonly keyEnv?: string;
  /** File with the secret of the chain. */
  readonly keyFile?: string;
  readonly rotateBytes?: number;
  readonly sync?: AuditSync;
}

/** What the security events of a service share. */
export interface SecuritySettings extends LoggerSettings {
  readonly metrics?: SecurityMetrics;
  /** Files of addresses and CIDR blocks. */
  readonly reputation?: readonly string[];
  readonly audit?: AuditDefinition;
  /** The label of the metrics, which learns the names of the events. */
  readonly eventLabel?: { register(values: readonly string[]): void };
}

/** Records that are kept until the trail is open: events that happen before `telemetry.start()`. */
const maxWaiting = 1000;

const detectionFields: Readonly<Record<string, FieldType>> = {
  detected: 'string',
  severity: 'string',
  above: 'double',
  per_seconds: 'double',
  by: 'string',
  key: 'string',
};

/** Makes the security events of a service. */
export function createSecurity(settings: SecuritySettings): Security {
  const logger = createLogger(settings);
  const reputation = new Reputation(settings.reputation ?? []);
  const audit = new AuditWriter(settings.audit);
  const events: SecurityEvent[] = [];
  const parts: EventParts = {
    metrics: settings.metrics ?? {},
    reputation,
    redactor: createRedactor(settings.redaction),
    audit: (event, fields) => {
      audit.add(event, { ...placeOf(), ...fields });
    },
  };

  function make(definition: AnySecurityEvent): SecurityEvent {
    const { event, severity, message, fields } = definition;
    const line = { level: levelOf[severity], category: 'security' };
    const told: Readonly<Record<string, FieldType>> = { ...fields, severity: 'string', reputation: 'string' };
    const made = new SecurityEvent(
      definition,
      parts,
      logger.event<Record<string, unknown>>({ ...line, event, message, fields: told }),
      logger.event<Record<string, unknown>>({
        ...line,
        event: 'security.detected',
        message: 'a security event is too frequent',
        fields: detectionFields,
      }),
    );
    events.push(made);
    settings.eventLabel?.register([event]);
    return made;
  }

  return {
    event(definition) {
      const made = make(definition);
      return (fields) => {
        made.happened(fields);
      };
    },
    plainEvent(definition) {
      const made = make({ ...definition, fields: {} });
      return () => {
        made.happened(undefined);
      };
    },
    component: {
      name: 'security',
      async start() {
        audit.open();
        await reputation.start();
      },
      close() {
        reputation.stop();
        audit.close();
      },
      stats: () => ({
        events: events.map(({ definition, table }) => ({
          event: definition.event,
          tracked: table?.size ?? 0,
          evicted: table?.evicted ?? 0,
        })),
        reputation: reputation.state(),
        audit: audit.state(),
      }),
    },
  };
}

/** The audit trail and what is told before it is open or where it cannot be opened. */
class AuditWriter {
  private readonly definition: AuditDefinition | undefined;
  private trail: AuditTrail | undefined;
  private waiting: (readonly [event: string, fields: Readonly<Record<string, SafeValue>>])[] = [];
  private hasFailed = false;

  constructor(definition: AuditDefinition | undefined) {
    this.definition = definition;
  }

  add(event: string, fields: Readonly<Record<string, SafeValue>>): void {
    if (this.definition === undefined) return;
    if (this.trail !== undefined) this.trail.add(event, fields);
    else if (this.hasFailed) countLost('audit_records', 'write_failed');
    else if (this.waiting.length < maxWaiting) this.waiting.push([event, fields]);
    else countLost('audit_records', 'queue_full');
  }

  /** Opens the trail; a failure is said, and what is told from then on is counted as lost. */
  open(): void {
    const { definition } = this;
    if (definition === undefined || this.trail !== undefined) return;
    try {
      const { file, rotateBytes, sync } = definition;
      const path = environmentVariable('OBSGEN_AUDIT_FILE') ?? file;
      this.trail = new AuditTrail({ file: path, key: auditKey(definition), rotateBytes, sync });
      this.hasFailed = false;
      for (const [event, fields] of this.waiting) this.trail.add(event, fields);
    } catch (error) {
      this.hasFailed = true;
      if (this.waiting.length > 0) countLost('audit_records', 'write_failed', this.waiting.length);
      diag.error('there is no audit trail: it could not be opened', error);
    }
    this.waiting = [];
  }

  state(): unknown {
    return this.trail?.state() ?? (this.definition === undefined ? 'off' : 'not open');
  }

  close(): void {
    this.trail?.close();
    this.trail = undefined;
    this.hasFailed = this.definition !== undefined;
    if (this.waiting.length > 0) countLost('audit_records', 'deadline', this.waiting.length);
    this.waiting = [];
  }
}

/**
 * The secret of the chain.
 * @throws where one is asked for and there is none: a trail without it would pass for one that cannot be forged
 */
function auditKey({ keyEnv, keyFile }: AuditDefinition): string | undefined {
  if (keyEnv === undefined && keyFile === undefined) return undefined;
  const inEnvironment = keyEnv === undefined ? undefined : environmentVariable(keyEnv);
  if (inEnvironment !== undefined) return inEnvironment;
  if (keyFile === undefined)
    throw new Error(`the secret of the chain is not in ${keyEnv ?? 'the environment'}`);
  const files = builtinModule('node:fs') as { readFileSync(path: string, encoding: 'utf8'): string };
  const key = files.readFileSync(keyFile, 'utf8').trim();
  if (key === '') throw new Error(`the secret of the chain is not in ${keyFile}`);
  return key;
}
