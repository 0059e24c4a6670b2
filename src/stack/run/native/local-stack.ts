import type { Stack } from '../../../model/stack.js';

/** A stack as it runs on this machine, and what is left out of it, for people. */
export interface LocalStack {
  readonly stack: Stack;
  readonly notes: readonly string[];
}

/**
 * The stack of a spec for this machine alone: everything on loopback and without TLS, one Collector, and nothing that is sent to where
 * the spec sends it from production.
 * @param targets addresses of the service, in place of the spec's
 */
export function localStack(stack: Stack, targets: readonly string[]): LocalStack {
  const notes: string[] = [];
  if (stack.access.tls) notes.push('without TLS: all parts listen on loopback alone');
  const { remoteWrite } = stack.metrics;
  if (remoteWrite !== undefined) notes.push(`samples are not sent to ${remoteWrite.url}`);
  if (stack.traces.endpoint !== undefined) notes.push(`traces are not sent to ${stack.traces.endpoint}`);
  if (stack.logs.endpoint !== undefined) notes.push(`logs are not sent to ${stack.logs.endpoint}`);
  return {
    notes,
    stack: {
      ...stack,
      service: { ...stack.service, targets: targets.length === 0 ? stack.service.targets : targets },
      collector: { ...stack.collector, instances: 1 },
      metrics: { ...stack.metrics, remoteWrite: undefined },
      traces: { ...stack.traces, endpoint: undefined },
      logs: { ...stack.logs, endpoint: undefined },
      access: { ...stack.access, tls: false },
    },
  };
}
