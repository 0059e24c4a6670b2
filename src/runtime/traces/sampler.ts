import { trace, TraceFlags } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';

/** The share of traces to keep. */
export interface Sampling {
  /** Between 0 and 1, where no environment below is the present one. */
  readonly head: number;
  readonly environments: readonly { readonly environment: string; readonly share: number }[];
}

/** A head sampler in the shape that every line of the OpenTelemetry SDK takes. */
export interface HeadSampler {
  shouldSample(parent: Context, traceId: string): { readonly decision: 0 | 2 };
  toString(): string;
}

/** The share for an environment. */
export function sampledShare(sampling: Sampling, environment: string | undefined): number {
  const own = sampling.environments.find((entry) => entry.environment === environment);
  return own?.share ?? sampling.head;
}

/**
 * Keeps a share of the traces, decided at the root by the random part of the trace id, as W3C Trace Context level 2 has it; below
 * a root its decision holds.
 */
export function headSampler(share: number): HeadSampler {
  // 52 of the 56 random bits: as many as a number holds exactly.
  const threshold = (1 - share) * 2 ** 52;
  return {
    shouldSample(parent, traceId) {
      const span = trace.getSpanContext(parent);
      if (span !== undefined) return { decision: (span.traceFlags & TraceFlags.SAMPLED) === 0 ? 0 : 2 };
      return { decision: Number.parseInt(traceId.slice(-13), 16) >= threshold ? 2 : 0 };
    },
    toString: () => `obs-gen head sampler, share ${share}`,
  };
}
