// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { trace, TraceFlags } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import { onSettings } from '../settings/settings.js';

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

/** A head sampler whose share can change. */
export interface LiveSampler extends HeadSampler {
  /** The share of traces in force, between 0 and 1. */
  readonly share: number;
  /** Ends its listening to the settings. */
  close(): void;
}

/** A head sampler that keeps the settings' share, and the spec's where the settings have none. */
export function liveSampler(byDefault: number): LiveSampler {
  const sampler = new RandomSampler(byDefault);
  const close = onSettings(({ sampling, switches }) => {
    sampler.keep(sampling ?? byDefault);
    sampler.isOff = switches?.['traces'] === false;
  });
  return Object.assign(sampler, { close });
}

/**
 * Keeps a share of the traces, decided at the root by the random part of the trace id, as W3C Trace Context level 2 has it; below
 * a root its decision holds.
 */
export function headSampler(share: number): HeadSampler {
  return new RandomSampler(share);
}

const dropped = Object.freeze({ decision: 0 as const });
const sampled = Object.freeze({ decision: 2 as const });

class RandomSampler implements HeadSampler {
  share = 1;
  /** Whether nothing is kept, whatever a parent says. */
  isOff = false;
  private threshold = 0;

  constructor(share: number) {
    this.keep(share);
  }

  keep(share: number): void {
    this.share = share;
    // 52 of the 56 random bits: as many as a number holds exactly.
    this.threshold = (1 - share) * 2 ** 52;
  }

  shouldSample(parent: Context, traceId: string): { readonly decision: 0 | 2 } {
    if (this.isOff) return dropped;
    const span = trace.getSpanContext(parent);
    if (span !== undefined) return (span.traceFlags & TraceFlags.SAMPLED) === 0 ? dropped : sampled;
    // Most services keep all or nothing: then there is nothing to work out.
    if (this.threshold <= 0) return sampled;
    if (this.share <= 0) return dropped;
    return Number.parseInt(traceId.slice(-13), 16) >= this.threshold ? sampled : dropped;
  }

  toString(): string {
    return `obs-gen head sampler, share ${this.share}`;
  }
}
