import { builtinModule, unixSeconds } from '../host.js';
import { errorMessage, errorStack } from './details.js';
import type { Report } from './report.js';
import type { SentryClient, SentryEvent } from './sentry-module.js';

/** The event of an error that ends the process: Sentry's own way of making one takes turns of the event loop that will not come. */
export function lastEvent(report: Report, options: ReturnType<SentryClient['getOptions']>): SentryEvent {
  const stack = errorStack(report.error);
  const frames = stack === undefined ? [] : (options.stackParser?.(stack) ?? []);
  const { environment, release } = options;
  const { trace, fingerprint } = report;
  return {
    event_id: eventId(),
    timestamp: unixSeconds(),
    platform: 'node',
    level: report.level,
    ...(environment === undefined ? {} : { environment }),
    ...(release === undefined ? {} : { release }),
    exception: {
      values: [
        {
          type: report.type,
          value: errorMessage(report.error),
          mechanism: { type: 'onuncaughtexception', handled: false },
          stacktrace: { frames },
        },
      ],
    },
    tags: report.tags,
    extra: report.extra,
    user: report.user,
    breadcrumbs: report.breadcrumbs,
    ...(trace === undefined ? {} : { contexts: { trace } }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

function eventId(): string {
  const crypto = builtinModule('node:crypto') as { randomUUID(): string };
  return crypto.randomUUID().replace(/-/g, '');
}
