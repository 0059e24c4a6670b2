// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { AgentMetrics } from './metrics.js';
import { toolFailure } from './outcomes.js';
import { timedWork } from './timed-work.js';
import type { Ending } from './timed-work.js';
import { fieldsOf, text } from './wire.js';

/** How an execution ended. */
export type SandboxOutcome = 'ok' | 'nonzero_exit' | 'timeout' | 'oom' | 'denied';

/** Sandboxes of one kind. */
export interface Sandbox {
  /** Starts a sandbox; it counts as active until `stopped`. */
  start<R>(work: () => R): R;
  /** A sandbox was stopped. */
  stopped(): void;
  /**
   * Executes something. The outcome is read from the result (`exitCode`, `code` or `status`, `signal`, `timedOut`, `oomKilled`) or
   * from the error.
   * @param outcomeOf says it, for results of another form
   */
  exec<R>(work: () => R, outcomeOf?: (result: Awaited<R>) => SandboxOutcome): R;
  /** An execution reached a limit. */
  limitHit(resource: 'cpu' | 'memory' | 'disk' | 'network' | 'processes'): void;
  /** Whether sandboxes of this kind answer their health check. */
  up(isUp: boolean): void;
}

/** The sandboxes of a kind; see `Agents.sandbox`. */
export function sandboxOf(metrics: AgentMetrics, runtime: string): Sandbox {
  return {
    start: (work) =>
      timedWork(work, (ending, seconds) => {
        const outcome =
          'value' in ending ? 'ok' : toolFailure(ending.error) === 'timeout' ? 'timeout' : 'failed';
        metrics.agentSandboxStartsTotal?.inc({ runtime, outcome });
        if (outcome !== 'ok') return;
        metrics.agentSandboxActive?.inc({ runtime });
        metrics.agentSandboxStartDurationSeconds?.observe({ runtime }, seconds);
      }),
    stopped() {
      metrics.agentSandboxActive?.dec({ runtime });
    },
    exec: (work, outcomeOf) =>
      timedWork(work, (ending, seconds) => {
        const outcome =
          outcomeOf !== undefined && 'value' in ending
            ? (outcomeOf as (result: unknown) => SandboxOutcome)(ending.value)
            : outcomeOfEnding(ending);
        metrics.agentSandboxExecDurationSeconds?.observe({ runtime, outcome }, seconds);
      }),
    limitHit(resource) {
      metrics.agentSandboxLimitHitsTotal?.inc({ runtime, resource });
    },
    up(isUp) {
      metrics.agentSandboxUp?.set({ runtime }, isUp ? 1 : 0);
    },
  };
}

/** Results and errors of node:child_process, execa, dockerode and their like. */
function outcomeOfEnding(ending: Ending): SandboxOutcome {
  const of = 'value' in ending ? ending.value : ending.error;
  const fields = fieldsOf(of);
  if (fields?.['timedOut'] === true) return 'timeout';
  if (fields?.['oomKilled'] === true || fields?.['OOMKilled'] === true) return 'oom';
  const code = fields?.['exitCode'] ?? fields?.['code'] ?? fields?.['status'] ?? fields?.['StatusCode'];
  // The kernel kills with signal 9 what uses too much memory, and shells report 128 more than the signal.
  if (code === 137) return 'oom';
  if (code === 124) return 'timeout';
  if (typeof code === 'number' && code !== 0) return 'nonzero_exit';
  if (text(of, 'signal') === 'SIGKILL' && fields?.['killed'] !== true) return 'oom';
  if ('value' in ending)
    return 'signal' in (fields ?? {}) && text(of, 'signal') !== undefined ? 'nonzero_exit' : 'ok';
  if (fields?.['killed'] === true) return 'timeout';
  const failure = toolFailure(ending.error);
  return failure === 'timeout' || failure === 'denied' ? failure : 'nonzero_exit';
}
