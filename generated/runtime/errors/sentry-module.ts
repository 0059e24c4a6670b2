// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** What is used of @sentry/node, versions 10 and 11; it is loaded at run time, where it is installed. */
export interface SentryModule {
  readonly SDK_VERSION: string;
  init(options: Readonly<Record<string, unknown>>): SentryClient | undefined;
  getClient(): SentryClient | undefined;
  getCurrentScope(): SentryScope;
  linkedErrorsIntegration(): object;
  /** Version 10: carries Sentry's scopes along with the context of OpenTelemetry. */
  readonly SentryContextManager?: new () => object;
  /** Version 11: has Sentry take the trace from the active span of OpenTelemetry. */
  readonly openTelemetryIntegration?: () => object;
}

/** A client of Sentry's. */
export interface SentryClient {
  captureException(error: unknown, hint: object, scope: SentryScope): string;
  addEventProcessor(process: (event: SentryEvent) => SentryEvent | null): void;
  getOptions(): {
    readonly stackParser?: (stack: string) => unknown[];
    readonly environment?: string;
    readonly release?: string;
  };
  on(
    hook: 'afterSendEvent',
    told: (event: SentryEvent, response: { readonly statusCode?: number } | undefined) => void,
  ): unknown;
  close(timeoutMilliseconds: number): PromiseLike<boolean>;
  flush(timeoutMilliseconds: number): PromiseLike<boolean>;
}

/** What is known at a report, beside the error. */
export interface SentryScope {
  clone(): SentryScope;
  setUser(user: object): unknown;
  setTags(tags: Readonly<Record<string, string>>): unknown;
  setExtras(extras: Readonly<Record<string, unknown>>): unknown;
  setContext(name: string, context: object): unknown;
  setLevel(level: string): unknown;
  setFingerprint(fingerprint: readonly string[]): unknown;
  addBreadcrumb(breadcrumb: object, most: number): unknown;
  addEventProcessor(process: (event: SentryEvent) => SentryEvent): unknown;
}

/** An event of Sentry's protocol, of which every part may be absent. */
export type SentryEvent = Readonly<Record<string, unknown>>;

/** Loads the package; undefined where it is not installed. */
export async function loadSentry(): Promise<SentryModule | undefined> {
  // Not written into the import, so that a compiler and a bundler do not ask for a package that is optional.
  const name: string = ['@sentry', 'node'].join('/');
  try {
    const loaded = (await import(name)) as SentryModule & { readonly default?: SentryModule };
    return typeof loaded.init === 'function' ? loaded : loaded.default;
  } catch {
    return undefined;
  }
}
