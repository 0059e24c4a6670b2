// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { countLost } from '../account.js';
import type { StartContext, TracingParts } from '../component.js';
import { environmentVariable } from '../host.js';
import type { Redactor } from '../redaction/redactor.js';
import { authHeader, parseDsn } from './dsn.js';
import type { Dsn } from './dsn.js';
import { redactEvent } from './event-redaction.js';
import { sendBlocking } from './last-words.js';
import type { Report } from './report.js';
import { lastEvent } from './last-event.js';
import { isVersion10, sentryOptions } from './sentry-options.js';
import type { SentryDefinition } from './sentry-options.js';
import { loadSentry } from './sentry-module.js';
import type { SentryClient, SentryEvent, SentryModule } from './sentry-module.js';
import { sentryTraces } from './sentry-traces.js';

/** Whether reports reach Sentry, and why not. */
export type SentryState = 'not started' | 'on' | 'no dsn' | 'not installed' | 'failed';

/** Reports on their way that are kept in mind; more are not looked after one by one. */
const maxPending = 1000;
const flushMilliseconds = 2500;
const lastWordSeconds = 2;

/** Sentry's SDK, as far as it is there. */
export class Sentry {
  state: SentryState = 'not started';
  /** Reports that Sentry has taken. */
  sent = 0;
  private readonly definition: SentryDefinition;
  private readonly redactor: Redactor;
  private readonly pending = new Set<unknown>();
  private module: SentryModule | undefined;
  private client: SentryClient | undefined;
  private dsn: Dsn | undefined;
  private starting: Promise<void> | undefined;

  constructor(definition: SentryDefinition, redactor: Redactor) {
    this.definition = definition;
    this.redactor = redactor;
  }

  /** Loads and sets it up, once. Never rejects. */
  start(environment: string | undefined): Promise<void> {
    this.starting ??= this.setUp(environment).catch((error: unknown) => {
      this.state = 'failed';
      diag.warn('Sentry could not be set up: errors are logged only', error);
    });
    return this.starting;
  }

  /** What it brings to tracing. */
  async tracing({ environment }: StartContext): Promise<TracingParts | undefined> {
    await this.start(environment);
    const { module, dsn, definition } = this;
    if (module === undefined || dsn === undefined || this.state !== 'on') return undefined;
    const share = definition.tracesSampleRate ?? 0;
    const processor = share > 0 ? await sentryTraces(dsn, share, this.redactor) : undefined;
    const manager = isVersion10(module) ? module.SentryContextManager : undefined;
    return {
      ...(processor === undefined ? {} : { spanProcessors: [processor] }),
      // Where version 10 keeps its scopes, without which a user set by its own API would be that of every request.
      ...(manager === undefined ? {} : { contextManager: new manager() }),
    };
  }

  /** Hands a report over. */
  report(report: Report): void {
    const { client, module } = this;
    if (client === undefined || module === undefined) return;
    const scope = module.getCurrentScope().clone();
    scope.setTags(report.tags);
    scope.setExtras(report.extra);
    scope.setLevel(report.level);
    if (report.user !== undefined) scope.setUser(report.user);
    if (report.trace !== undefined) scope.setContext('trace', report.trace);
    if (report.fingerprint !== undefined) scope.setFingerprint(report.fingerprint);
    for (const crumb of report.breadcrumbs) scope.addBreadcrumb(crumb, 100);
    const { request } = report;
    if (request !== undefined) scope.addEventProcessor((event) => ({ ...event, request }));
    const mechanism = { handled: report.isHandled, type: 'generic' };
    client.captureException(report.error, { mechanism, originalException: report.error }, scope);
  }

  /** Sends a report of an error that ends the process, before it does. */
  reportLast(report: Report): void {
    const { client, dsn } = this;
    if (client === undefined || dsn === undefined) return;
    const event = lastEvent(report, client.getOptions());
    const body = envelope(redactEvent(event, this.redactor));
    const headers = { ...authHeader(dsn), 'content-type': 'application/x-sentry-envelope' };
    if (sendBlocking(`${dsn.api}/envelope/`, headers, body, lastWordSeconds)) this.sent += 1;
    else countLost('errors', 'export_failed');
  }

  /** Sends what is still there, for a bounded time. */
  async close(): Promise<void> {
    await this.starting;
    const isAllSent = await this.client?.close(flushMilliseconds);
    if (isAllSent === false && this.pending.size > 0) countLost('errors', 'deadline', this.pending.size);
    this.pending.clear();
    this.client = undefined;
  }

  private async setUp(environment: string | undefined): Promise<void> {
    const { dsnEnv } = this.definition;
    const text = environmentVariable(dsnEnv);
    if (text === undefined) {
      this.off('no dsn', `${dsnEnv} is not set`);
      return;
    }
    const dsn = parseDsn(text);
    if (dsn === undefined) {
      this.off('no dsn', `${dsnEnv} holds no DSN`);
      return;
    }
    const module = await loadSentry();
    if (module === undefined) {
      this.off('not installed', 'the package @sentry/node is not installed');
      return;
    }
    this.module = module;
    this.dsn = dsn;
    this.client = this.clientOf(module, text, environment);
    this.client?.on('afterSendEvent', (event, response) => {
      this.answered(event, response?.statusCode);
    });
    this.state = this.client === undefined ? 'failed' : 'on';
  }

  /** A client of ours, or the one that the program has made itself, whose events are redacted too. */
  private clientOf(
    module: SentryModule,
    dsn: string,
    environment: string | undefined,
  ): SentryClient | undefined {
    const present = module.getClient();
    if (present === undefined) {
      return module.init(
        sentryOptions(module, this.definition, dsn, environment, this.redactor, ({ event_id }) => {
          if (this.pending.size < maxPending) this.pending.add(event_id);
        }),
      );
    }
    diag.warn('the program has set Sentry up itself: its settings hold, and reports are redacted');
    present.addEventProcessor((event) =>
      event['type'] === undefined ? redactEvent(event, this.redactor) : event,
    );
    return present;
  }

  private off(state: SentryState, reason: string): void {
    this.state = state;
    diag.info(`errors are not sent to Sentry: ${reason}`);
  }

  private answered({ event_id }: SentryEvent, status: number | undefined): void {
    this.pending.delete(event_id);
    if (status !== undefined && status >= 200 && status < 300) this.sent += 1;
    else countLost('errors', status === 429 ? 'rate_limited' : 'export_failed');
  }
}

/** An envelope with one event: a line of headers, a line about the item, the item. */
function envelope(event: SentryEvent): string {
  const headers = { event_id: event['event_id'], sent_at: new Date().toISOString() };
  return `${JSON.stringify(headers)}\n${JSON.stringify({ type: 'event' })}\n${JSON.stringify(event)}\n`;
}
