// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Settings } from './settings/settings.js';

/** What a component learns when it starts. */
export interface StartContext {
  readonly service: { readonly name: string; readonly namespace?: string };
  readonly environment: string | undefined;
  readonly settings: Settings;
}

/**
 * A part of the telemetry that `telemetry.start()` brings into service and `telemetry.shutdown()` ends: error reports, security
 * events, prices. Generated files make it and hand it to the generated `telemetry`, so that a service loads only what its spec asks for.
 */
export interface Component {
  /** As it stands in settings, reports and statistics: `errors`, `security`, `cost`. */
  readonly name: string;
  /**
   * Parts that it brings to tracing; asked before the tracer provider starts. Where they are there at once (found by `requirePackage`), the
   * provider is there before the program's first span. A rejection is noted, and nothing else.
   */
  tracing?(context: StartContext): TracingParts | undefined | Promise<TracingParts | undefined>;
  /** Brings it into service, after tracing. A rejection is noted, and nothing else. */
  start?(context: StartContext): void | Promise<void>;
  /** An operator has switched it while it runs. Without this, a switch is in force from the next start on. */
  switched?(isOn: boolean): void;
  /** Sends what is still there and lets go. May take long and reject: the shutdown has a deadline. */
  close?(): void | Promise<void>;
  /** What `stats()` shows of it. */
  stats?(): Readonly<Record<string, unknown>>;
}

/** What is added to the tracer provider, by the shapes of the OpenTelemetry SDK. */
export interface TracingParts {
  readonly spanProcessors?: readonly object[];
  readonly propagators?: readonly object[];
  readonly contextManager?: object;
  /** Stands around the sampler of the spec. */
  readonly wrapSampler?: (sampler: object) => object;
  /** After the provider has started. */
  readonly started?: () => void;
}
