// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { trace } from '@opentelemetry/api';
import type { Tracer } from '@opentelemetry/api';
import { shared } from '../shared.js';
import { registeredProvider } from './api-globals.js';

/** How spans are made in this process; `telemetry.start()` and the settings decide. */
export interface TracePolicy {
  /** false: no span is made at all. */
  enabled: boolean;
  /**
   * Whether the sampler follows the parent, so that nothing needs to be made below a local span that is not sampled. Only known where
   * the runtime has set the sampler up itself.
   */
  followsParent: boolean;
  /** Most spans that one trace gets in this process: an agent that goes in circles must not fill the queue. */
  maxSpans: number;
  /** Most spans that stand below each other. */
  maxDepth: number;
  /** Seconds after which a span that nobody has ended is given up. */
  abandonSeconds: number;
  /** Whether parents and children are held against the spec. */
  checksNesting: boolean;
}

/** The one policy of the process. */
export const tracePolicy: TracePolicy = shared('trace policy', () => ({
  enabled: true,
  followsParent: false,
  maxSpans: 10_000,
  maxDepth: 128,
  abandonSeconds: 900,
  checksNesting: false,
}));

/** The global provider is a proxy in version 1 of the API; by its shape, since its class goes away. */
interface PossibleProxy {
  readonly getDelegateTracer?: (name: string) => Tracer | undefined;
}

/**
 * Finds the tracer of a scope: undefined where no SDK is there, so that nothing is built for nobody. The look-up is kept until another
 * provider is registered.
 */
export function tracerOf(scope: string): () => Tracer | undefined {
  let known: object | undefined;
  let tracer: Tracer | undefined;
  return () => {
    const provider = registeredProvider();
    if (provider === undefined || !tracePolicy.enabled) return undefined;
    if (provider !== known || tracer === undefined) {
      known = provider;
      const { getDelegateTracer } = provider as PossibleProxy;
      tracer =
        getDelegateTracer === undefined ? trace.getTracer(scope) : getDelegateTracer.call(provider, scope);
    }
    return tracer;
  };
}
