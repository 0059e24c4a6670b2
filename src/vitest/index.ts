/**
 * A matcher for tests of a service: `expect.extend({ toMatchSpec })`, or `expect.extend(specMatchers)`. Its own code imports nothing of
 * Vitest, so that what it is used with decides the version.
 */
import type {} from 'vitest';
import type { MetricsRegistry, SpecExpectation, SpecMatch } from './match.js';
import { toMatchSpec } from './match.js';

export { toMatchSpec } from './match.js';
export type { MetricsRegistry, SpecExpectation, SpecMatch } from './match.js';

/** All matchers, for `expect.extend(specMatchers)`. */
export const specMatchers: {
  readonly toMatchSpec: (received: unknown, expected: SpecExpectation) => SpecMatch | Promise<SpecMatch>;
} = { toMatchSpec };

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- it has to be declared as Vitest declares it
  interface Matchers<T = any> {
    /**
     * Holds a page of metrics, a registry of prom-client or requests of OTLP as JSON against a spec. For a registry the assertion has to be
     * awaited.
     */
    // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- what an assertion returns
    toMatchSpec(expected: SpecExpectation): T extends MetricsRegistry ? Promise<void> : void;
  }
}
