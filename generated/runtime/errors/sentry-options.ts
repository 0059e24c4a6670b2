// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { environmentVariable } from '../host.js';
import type { Redactor } from '../redaction/redactor.js';
import { redactEvent } from './event-redaction.js';
import type { SentryEvent, SentryModule } from './sentry-module.js';

/** What the spec says of Sentry. */
export interface SentryDefinition {
  /** Environment variable that holds the DSN. */
  readonly dsnEnv: string;
  /** Share of errors that is sent; all by default. */
  readonly sampleRate?: number;
  /** Share of traces that is sent; none by default. */
  readonly tracesSampleRate?: number;
  readonly environment?: string;
}

/** Version 11: nothing is collected that the program did not hand over. */
const nothingCollected = {
  userInfo: false,
  cookies: false,
  httpHeaders: { request: false, response: false },
  httpBodies: [],
  urlQueryParams: false,
  graphQL: { document: false, variables: false },
  genAI: { inputs: false, outputs: false },
  mcp: { inputs: false, outputs: false },
  databaseQueryData: false,
  queues: false,
  stackFrameVariables: false,
  frameContextLines: 0,
};

/**
 * How Sentry is set up. None of its default integrations is taken: they make spans of their own for http and fetch, put headers for
 * Sentry on requests to third parties, turn console output and requests into breadcrumbs, and change what Node does with errors that
 * nobody catches. Traces are OpenTelemetry's alone, so Sentry's own are off and what its API would make of them is dropped.
 */
export function sentryOptions(
  module: SentryModule,
  definition: SentryDefinition,
  dsn: string,
  environment: string | undefined,
  redactor: Redactor,
  sending: (event: SentryEvent) => void,
): Readonly<Record<string, unknown>> {
  const filed = definition.environment ?? environment ?? environmentVariable('SENTRY_ENVIRONMENT');
  return {
    dsn,
    ...(filed === undefined ? {} : { environment: filed }),
    sampleRate: definition.sampleRate ?? 1,
    defaultIntegrations: false,
    integrations: [
      module.linkedErrorsIntegration(),
      ...(module.openTelemetryIntegration === undefined ? [] : [module.openTelemetryIntegration()]),
    ],
    maxBreadcrumbs: 100,
    // The redactor bounds depth and size itself, and has to see values before they are cut in the middle of a secret.
    normalizeDepth: 8,
    attachStacktrace: false,
    includeLocalVariables: false,
    sendClientReports: false,
    enableLogs: false,
    traceLifecycle: 'static',
    tracePropagationTargets: [],
    ...(isVersion10(module)
      ? { skipOpenTelemetrySetup: true, registerEsmLoaderHooks: false, sendDefaultPii: false }
      : { dataCollection: nothingCollected }),
    beforeSend: (event: SentryEvent, hint: { attachments?: unknown } | undefined) => {
      if (hint !== undefined) hint.attachments = [];
      const clean = redactEvent(event, redactor);
      sending(clean);
      return clean;
    },
    beforeSendTransaction: () => null,
    beforeSendLog: () => null,
    beforeSendMetric: () => null,
  };
}

/** Whether the package is of version 10, which sets OpenTelemetry up itself unless it is told not to. */
export function isVersion10({ SDK_VERSION }: SentryModule): boolean {
  return SDK_VERSION.startsWith('10.');
}
