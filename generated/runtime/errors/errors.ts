// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import { countDrop, countLost } from '../account.js';
import type { Component } from '../component.js';
import { currentScope } from '../correlation/scope.js';
import { createLogger } from '../logs/log.js';
import type { LogEvent, LoggerSettings } from '../logs/log.js';
import { createRedactor } from '../redaction/redactor.js';
import type { Redactor } from '../redaction/redactor.js';
import { safeText } from '../redaction/safe-value.js';
import { currentSettings } from '../settings/settings.js';
import { errorMessage, errorStack, errorType } from './details.js';
import type { BreadcrumbDetails, ErrorDetails } from './details.js';
import { RepeatLimit } from './repeat-limit.js';
import type { Report } from './report.js';
import { forUser, leaveCrumb, reportScope } from './report-scope.js';
import type { ErrorUser } from './report-scope.js';
import { Sentry } from './sentry.js';
import type { SentryDefinition } from './sentry-options.js';
import { watchUncaught } from './uncaught.js';

/** Reports errors. Nothing here throws. */
export interface Errors {
  /**
   * Reports an error that the program has handled: as a redacted line of the log, on the active span, and to Sentry where that is set up.
   * The same error object is reported once; of many equal ones a few in each minute.
   */
  capture(error: unknown, details?: ErrorDetails): void;
  /** Remembers something that may explain an error that comes later in this request. */
  breadcrumb(message: string, details?: BreadcrumbDetails): void;
  /** Runs work for a user, whom errors in it then name; what the work returns or throws comes through. */
  withUser<R>(user: ErrorUser, work: () => R): R;
}

/** What the spec says of errors, and what they share with the log. */
export interface ErrorsSettings extends LoggerSettings {
  readonly sentry?: SentryDefinition;
}

interface ErrorLine {
  readonly error_type: string;
  readonly error_message: string;
  readonly error_stack: string | undefined;
  readonly agent: string | undefined;
  readonly tool: string | undefined;
  readonly tags: unknown;
  readonly extra: unknown;
}

/** Makes the error reports of a service. */
export function createErrors(settings: ErrorsSettings): {
  readonly errors: Errors;
  readonly component: Component;
} {
  const redactor = createRedactor(settings.redaction, 'error_report');
  const sentry = settings.sentry === undefined ? undefined : new Sentry(settings.sentry, redactor);
  const reporter = new Reporter(createLogger(settings).event<ErrorLine>(errorLine), redactor, sentry);
  let endWatch: (() => void) | undefined;
  return {
    errors: {
      capture(error, details = {}) {
        reporter.capture(error, details, true);
      },
      breadcrumb(message, { level = 'info', ...rest } = {}) {
        attempt(() => {
          leaveCrumb({ message, level, ...rest });
        });
      },
      withUser: forUser,
    },
    component: {
      name: 'errors',
      ...(sentry === undefined ? {} : { tracing: (context) => sentry.tracing(context) }),
      async start({ environment }) {
        endWatch ??= watchUncaught((error, isEnd) => {
          reporter.capture(error, { level: 'fatal' }, false, isEnd);
        });
        await sentry?.start(environment);
      },
      async close() {
        endWatch?.();
        endWatch = undefined;
        await sentry?.close();
      },
      stats: () => ({ sentry: sentry?.state ?? 'off', sent: sentry?.sent ?? 0 }),
    },
  };
}

const errorLine = {
  event: 'error.captured',
  level: 'error',
  category: 'error',
  message: 'an error was reported',
  fields: {
    error_type: 'string',
    error_message: 'string',
    error_stack: 'string',
    agent: 'string',
    tool: 'string',
    tags: 'json',
    extra: 'json',
  },
} as const;

class Reporter {
  private readonly write: LogEvent<ErrorLine>;
  private readonly redactor: Redactor;
  private readonly sentry: Sentry | undefined;
  private readonly limit = new RepeatLimit();
  /** Error objects that have been reported: one may pass several places that report it. */
  private readonly seen = new WeakSet();

  constructor(write: LogEvent<ErrorLine>, redactor: Redactor, sentry: Sentry | undefined) {
    this.write = write;
    this.redactor = redactor;
    this.sentry = sentry;
  }

  capture(error: unknown, details: ErrorDetails, isHandled: boolean, isEnd = false): void {
    if (currentSettings().switches?.['errors'] === false || this.isKnown(error)) return;
    const type = errorType(error);
    const message = errorMessage(error);
    if (!isEnd && !this.limit.admits(`${type}\n${details.tool ?? ''}\n${message.slice(0, 200)}`)) {
      countLost('errors', 'rate_limited');
      return;
    }
    const span = trace.getSpan(context.active());
    attempt(() => {
      const { agent, tool, tags, extra } = details;
      const stack = errorStack(error);
      this.write({ error_type: type, error_message: message, error_stack: stack, agent, tool, tags, extra });
    });
    attempt(() => {
      this.recordOnSpan(span, error, type, message, isHandled);
    });
    attempt(() => {
      const report = reportOf(error, type, details, isHandled, span);
      if (isEnd) this.sentry?.reportLast(report);
      else this.sentry?.report(report);
    });
  }

  private isKnown(error: unknown): boolean {
    if (typeof error !== 'object' || error === null) return false;
    if (this.seen.has(error)) return true;
    this.seen.add(error);
    return false;
  }

  /** An error that the program has handled does not make its span a failed one. */
  private recordOnSpan(
    span: Span | undefined,
    error: unknown,
    name: string,
    text: string,
    isHandled: boolean,
  ): void {
    if (span?.isRecording() !== true) return;
    const message = safeText(text, this.redactor);
    const stack = errorStack(error);
    span.recordException(
      stack === undefined ? { name, message } : { name, message, stack: safeText(stack, this.redactor) },
    );
    if (!isHandled) span.setStatus({ code: SpanStatusCode.ERROR, message });
  }
}

function reportOf(
  error: unknown,
  type: string,
  details: ErrorDetails,
  isHandled: boolean,
  span: Span | undefined,
): Report {
  const { agent, tool, level = 'error', extra = {}, request } = details;
  const { user, crumbs } = reportScope();
  const ids = span?.spanContext();
  const correlation = currentScope()?.correlationId;
  return {
    error,
    type,
    level,
    isHandled,
    tags: {
      ...details.tags,
      ...(agent === undefined ? {} : { agent }),
      ...(tool === undefined ? {} : { tool }),
      ...(ids === undefined ? {} : { trace_id: ids.traceId }),
      ...(correlation === undefined ? {} : { correlation_id: correlation }),
    },
    extra,
    user,
    breadcrumbs: [...crumbs],
    request,
    trace: ids === undefined ? undefined : { trace_id: ids.traceId, span_id: ids.spanId },
    // Without a tool the stack tells errors apart better than their type does.
    fingerprint: tool === undefined ? undefined : [type, tool],
  };
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    countDrop('error.captured', 'internal_error');
  }
}
