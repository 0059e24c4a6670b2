// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Budget, BudgetLimits } from '../cost/budget.js';
import { noUsage } from '../cost/usage.js';
import type { Usage } from '../cost/usage.js';
import type { ActiveSpan, SpanOptions } from '../traces/span.js';
import { startSpan } from './environment.js';
import type { AgentEnvironment } from './environment.js';
import { runFailure } from './outcomes.js';
import { currentRun, inRun } from './scope.js';
import type { RunState } from './scope.js';
import { text } from './wire.js';

/** How a run stands to what is under way. */
export interface RunOptions extends SpanOptions {
  /** What it may use: its calls of models are taken from it, and where it is exceeded the run's outcome is that. */
  readonly budget?: Budget | BudgetLimits | undefined;
  /**
   * It goes on by itself: it begins a trace of its own, which is linked to the span that is active now, and takes nothing from the
   * budget of the run that starts it.
   */
  readonly detached?: boolean | undefined;
}

/** A run of an agent while it lasts. */
export interface AgentRun<A, O extends string> extends ActiveSpan<A, O> {
  readonly agent: string;
  /** How many agents stand above it. */
  readonly depth: number;
  /** Begins a turn of the loop, and returns how many there were. A run that never says so has as many as it called models. */
  step(): number;
  readonly steps: number;
  /** Tool calls that repeated an earlier one of this run with the same arguments. */
  readonly repeatedCalls: number;
  /** Tokens of its model calls. */
  readonly usage: Usage;
  /** What they cost, in the currency of the prices. */
  readonly cost: number;
  readonly budget: Budget | undefined;
  /** Its context was shortened to fit the model. */
  compacted(): void;
  /** A call used this share of the model's context window. */
  contextUsed(ratio: number): void;
}

/** A run that its opener has to end. */
export interface OpenAgentRun<A, O extends string> extends AgentRun<A, O> {
  /** Runs code inside the run. */
  within<R>(work: () => R): R;
  end(): void;
  fail(error: unknown): void;
}

/** Attributes of a run where the spec has no span for it. */
export interface PlainRunAttributes {
  readonly agent: string;
}

/** Begins a run; see `Agents.startRun`. */
export function startRun<A, O extends string>(
  environment: AgentEnvironment,
  attributes: A,
  options: RunOptions = {},
): OpenAgentRun<A, O> {
  const above = currentRun();
  const { metrics } = environment;
  const agent = text(attributes, 'agent') ?? environment.agent;
  const { budget: limits, detached = false, ...spanOptions } = options;
  const span = startSpan(environment.spans.run, attributes as object, {
    ...(detached ? { parent: 'none' as const } : {}),
    ...spanOptions,
  });
  const budget =
    limits === undefined ? (detached ? undefined : above?.budget) : budgetOf(environment, limits);
  const state: RunState = {
    ...{ agent, above, span, budget, depth: above === undefined ? 0 : above.depth + 1 },
    ...{ seen: new Map(), usage: noUsage, cost: 0, modelCalls: 0, ownSteps: 0, repeatedCalls: 0 },
  };
  metrics.agentActiveRuns?.inc({ agent });
  if (above !== undefined) {
    metrics.agentSubagentsTotal?.inc({ parent: above.agent, child: agent });
    metrics.agentSubagentDepth?.observe(state.depth);
  }
  let isEnded = false;
  let isChosen = false;
  const finish = (end: () => void): void => {
    if (isEnded) return;
    isEnded = true;
    const steps = stepsOf(state);
    metrics.agentActiveRuns?.dec({ agent });
    if (steps > 0) metrics.agentRunSteps?.observe({ agent }, steps);
    span.set({
      steps,
      'usage.input_tokens': state.usage.input + state.usage.cacheRead + state.usage.cacheWrite,
      'usage.output_tokens': state.usage.output + state.usage.reasoning,
      cost: state.cost,
    });
    end();
  };
  const choose = (outcome: string): void => {
    if (!isChosen) span.outcome(outcome);
  };
  const exceededOutcome = (): string | undefined => {
    if (budget?.exceeded === undefined) return undefined;
    return budget.exceeded === 'steps' ? 'max_steps' : 'budget_exceeded';
  };
  return {
    agent,
    depth: state.depth,
    budget,
    get otel() {
      return span.otel;
    },
    get steps() {
      return stepsOf(state);
    },
    get repeatedCalls() {
      return state.repeatedCalls;
    },
    get usage() {
      return state.usage;
    },
    get cost() {
      return state.cost;
    },
    step() {
      state.ownSteps += 1;
      budget?.spend({ steps: 1 });
      return state.ownSteps;
    },
    compacted() {
      metrics.agentCompactionsTotal?.inc({ agent });
    },
    contextUsed(ratio) {
      metrics.agentContextUtilizationRatio?.observe({ agent }, ratio);
    },
    set(given) {
      span.set(given);
    },
    outcome(value) {
      isChosen = true;
      span.outcome(value);
    },
    firstChunk() {
      span.firstChunk();
    },
    within: (work) => inRun(state, () => span.within(work)),
    end() {
      finish(() => {
        span.end();
      });
    },
    fail(error) {
      finish(() => {
        const failure = runFailure(error);
        choose(failure === 'error' || failure === 'cancelled' ? (exceededOutcome() ?? failure) : failure);
        span.fail(error);
      });
    },
  };
}

/** Runs a function as a run; see `Agents.run`. */
export function runAgent<A, O extends string, R>(
  environment: AgentEnvironment,
  attributes: A,
  work: (run: AgentRun<A, O>) => R,
  options?: RunOptions,
): R {
  const run = startRun<A, O>(environment, attributes, options);
  let result: R;
  try {
    result = run.within(() => work(run));
  } catch (error) {
    run.fail(error);
    throw error;
  }
  if (!(result instanceof Promise)) {
    run.end();
    return result;
  }
  return result.then(
    (value: unknown) => {
      run.end();
      return value;
    },
    (error: unknown) => {
      run.fail(error);
      throw error;
    },
  ) as R;
}

function stepsOf(state: RunState): number {
  return state.ownSteps > 0 ? state.ownSteps : state.modelCalls;
}

function budgetOf(environment: AgentEnvironment, limits: Budget | BudgetLimits): Budget {
  return 'spend' in limits ? limits : environment.cost.budget(limits);
}
