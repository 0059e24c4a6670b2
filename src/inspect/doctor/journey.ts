import { randomBytes } from 'node:crypto';

/** The request to the service that is followed through the stack. */
export interface Journey {
  /** As it was asked for: `GET /health`. */
  readonly request: string;
  /** Whether somebody has named it: one that nobody named may be one that the service does not measure. */
  readonly named: boolean;
  readonly traceId: string;
  readonly correlationId: string;
  /** Milliseconds since 1970 on this machine, when it was sent. */
  readonly sentAt: number;
  /** Status of the answer. */
  readonly status: number;
  /** What Prometheus had counted of the service's requests before; undefined where that is not known. */
  readonly countedBefore: number | undefined;
}

/** What is sent to the service. */
export interface ServiceRequest {
  readonly method: string;
  /** Below the address of the service. */
  readonly path: string;
  readonly body: string | undefined;
  readonly named: boolean;
}

/** What nobody has to name: every service with the helpers' endpoints answers it, and it changes nothing. */
export const usualRequest: ServiceRequest = { method: 'GET', path: '/health', body: undefined, named: false };

/** The entry in `tracestate` by which the Collector knows a probe, which it always keeps. */
export const traceState = 'obsgen=doctor';

/** The name of the service that probes come from, other than the service itself. */
export const probeService = 'obs-gen-doctor';

/** 16 bytes, as trace ids are. */
export function newTraceId(): string {
  return randomBytes(16).toString('hex');
}

/** 8 bytes, as span ids are. */
export function newSpanId(): string {
  return randomBytes(8).toString('hex');
}

/** The headers of W3C Trace Context for a trace that is to be kept, and the id by which its log lines are found. */
export function journeyHeaders(
  traceId: string,
  correlationId: string,
  correlationHeader: string,
): Readonly<Record<string, string>> {
  return {
    traceparent: `00-${traceId}-${newSpanId()}-01`,
    tracestate: traceState,
    [correlationHeader]: correlationId,
  };
}
