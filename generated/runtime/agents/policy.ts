// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { AgentMetrics } from './metrics.js';
import { toolFailure } from './outcomes.js';
import { timedWork } from './timed-work.js';
import type { Ending } from './timed-work.js';
import { fieldsOf } from './wire.js';

/** What a policy judges. */
export type PolicyStage = 'input' | 'output' | 'tool' | 'sandbox';
/** What it says; `error` is a decision of its own, since an engine that fails open looks like one that allows. */
export type PolicyDecision = 'allow' | 'deny' | 'modify' | 'escalate' | 'error';
/** What a person says. */
export type Approval = 'approved' | 'rejected' | 'expired';

/** A policy, and what it judges. */
export interface PolicyCall {
  readonly policy: string;
  readonly stage: PolicyStage;
}

/** Decisions of policies, and approvals by people. */
export interface Policies {
  /**
   * Asks a policy. The decision is read from the result: the word itself, `decision`, `action`, `allowed`, or a boolean.
   * @param decisionOf says it, for results of another form
   */
  evaluate<R>(call: PolicyCall, work: () => R, decisionOf?: (result: Awaited<R>) => PolicyDecision): R;
  /** Counts a decision that was made elsewhere. */
  decided(call: PolicyCall & { readonly decision: PolicyDecision }): void;
  /**
   * Waits for a person to approve a tool call. The answer is read from the result: the word itself, `approved`, or a boolean; a timeout
   * is one that expired, any other error counts as rejected.
   */
  approval<R>(tool: string, work: () => R): R;
}

const decisions: Readonly<Record<string, PolicyDecision>> = {
  ...{ allow: 'allow', allowed: 'allow', pass: 'allow', permit: 'allow', approve: 'allow' },
  ...{ deny: 'deny', denied: 'deny', block: 'deny', blocked: 'deny', reject: 'deny', forbid: 'deny' },
  ...{ modify: 'modify', modified: 'modify', redact: 'modify', mask: 'modify', rewrite: 'modify' },
  ...{ escalate: 'escalate', review: 'escalate', ask: 'escalate', error: 'error' },
};

/** The policies of a service; see `Agents.policies`. */
export function policiesOf(metrics: AgentMetrics): Policies {
  const decided: Policies['decided'] = ({ policy, stage, decision }) => {
    metrics.agentPolicyDecisionsTotal?.inc({ policy, stage, decision });
  };
  return {
    decided,
    evaluate: (call, work, decisionOf) =>
      timedWork(work, (ending, seconds) => {
        metrics.agentPolicyEvaluationDurationSeconds?.observe({ policy: call.policy }, seconds);
        let decision: PolicyDecision = 'error';
        try {
          if (decisionOf !== undefined && 'value' in ending)
            decision = (decisionOf as (result: unknown) => PolicyDecision)(ending.value);
          else if ('value' in ending) decision = decisionIn(ending.value);
        } finally {
          decided({ ...call, decision });
        }
      }),
    approval(tool, work) {
      metrics.agentApprovalsPending?.inc();
      return timedWork(work, (ending, seconds) => {
        metrics.agentApprovalsPending?.dec();
        metrics.agentApprovalWaitSeconds?.observe({ tool }, seconds);
        metrics.agentApprovalsTotal?.inc({ tool, decision: approvalIn(ending) });
      });
    },
  };
}

/** A result that says nothing that is known is no decision. */
function decisionIn(result: unknown): PolicyDecision {
  if (typeof result === 'boolean') return result ? 'allow' : 'deny';
  if (typeof result === 'string') return decisions[result.toLowerCase()] ?? 'error';
  const fields = fieldsOf(result);
  const said = fields?.['decision'] ?? fields?.['action'] ?? fields?.['allowed'] ?? fields?.['allow'];
  return typeof said === 'boolean' || typeof said === 'string' ? decisionIn(said) : 'error';
}

function approvalIn(ending: Ending): Approval {
  if ('error' in ending) return toolFailure(ending.error) === 'timeout' ? 'expired' : 'rejected';
  const said = fieldsOf(ending.value)?.['approved'] ?? fieldsOf(ending.value)?.['decision'] ?? ending.value;
  if (said === 'expired' || said === undefined) return 'expired';
  return said === true || said === 'approved' ? 'approved' : 'rejected';
}
