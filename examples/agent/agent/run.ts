import { agents, cost, errors, logs, metrics, type AgentsRun } from '../../../generated/index.js';
import type { AgentDefinition } from '../config.js';
import { ModelError } from '../model/errors.js';
import { selectTools } from '../tools/toolbox.js';
import { reasonAndAct, type LoopOptions, type LoopResult } from './loop.js';
import { publish, type Task } from './task.js';

export interface RunOptions extends Omit<LoopOptions, 'instructions' | 'signal' | 'publish'> {
  readonly agents: ReadonlyMap<string, AgentDefinition>;
  /** Most that a run, and the agents that it asks, may spend on model calls. */
  readonly maxCostUsd: number;
  /** Longest time that a run may take. */
  readonly runTimeoutMs: number;
}

/** What an agent is to do. */
export interface Assignment extends Pick<LoopOptions, 'signal' | 'publish'> {
  readonly agent: string;
  readonly text: string;
  /** Model that is to be asked first. */
  readonly model?: string | undefined;
}

/** Runs a task to its end, whatever that is. Rejects where there is no answer: with an AbortError where the task was cancelled. */
export async function runTask(task: Task, options: RunOptions): Promise<void> {
  task.state = 'running';
  const budget = cost.budget({ usd: options.maxCostUsd });
  const attributes = {
    agent: task.agent,
    'task.id': task.id,
    'task.length': task.text.length,
    'task.text': task.text,
  };
  const assignment: Assignment = {
    agent: task.agent,
    text: task.text,
    model: task.model,
    signal: task.abort.signal,
    publish: (event) => {
      publish(task, event);
    },
  };
  const result = await agents.run(attributes, (run) => carryOut(run, assignment, options), { budget });
  if (result.outcome === 'completed') metrics.researchAnswerSources.observe(sourcesOf(task));
  task.state = 'finished';
  task.outcome = result.outcome;
  task.answer = result.answer;
  task.costUsd = budget.spent.usd;
  logs.runFinished({ task: task.id, outcome: result.outcome, steps: task.steps, cost_usd: task.costUsd });
  publish(task, { type: 'end', ...result });
  task.abort.signal.throwIfAborted();
  if (result.outcome !== 'completed') throw new Error(`the run ended with ${result.outcome}`);
}

/** Lets an agent work within the run of another one, and on its budget. Rejects where it has no answer. */
export async function runSubAgent(assignment: Assignment, options: RunOptions): Promise<string> {
  const { agent, text } = assignment;
  const attributes = { agent, 'task.length': text.length, 'task.text': text };
  const { outcome, answer } = await agents.run(attributes, (run) => carryOut(run, assignment, options));
  if (answer === null) throw new Error(`the ${agent} has no answer: ${outcome}`);
  return answer;
}

/** The loop within its time; what it throws becomes an outcome. */
async function carryOut(run: AgentsRun, assignment: Assignment, options: RunOptions): Promise<LoopResult> {
  const timeout = AbortSignal.timeout(options.runTimeoutMs);
  const result = await attempt().catch(failed);
  run.outcome(result.outcome);
  return result;

  async function attempt(): Promise<LoopResult> {
    const { agent, text, model, signal } = assignment;
    signal.throwIfAborted();
    const definition = options.agents.get(agent);
    if (definition === undefined) throw new Error(`there is no agent ${agent}`);
    return reasonAndAct(run, text, {
      ...options,
      ...definition,
      publish: assignment.publish,
      model: { ...options.model, models: modelsFor(model, options.model.models) },
      toolbox: selectTools(options.toolbox, definition.tools),
      signal: AbortSignal.any([signal, timeout]),
    });
  }

  function failed(error: unknown): LoopResult {
    if (assignment.signal.aborted) return { outcome: 'cancelled', answer: null };
    if (timeout.aborted) return { outcome: 'timeout', answer: null };
    if (error instanceof ModelError && error.code === 'content_filter')
      return { outcome: 'policy_denied', answer: null };
    errors.capture(error, { agent: assignment.agent });
    return { outcome: 'error', answer: null };
  }
}

/** The model that was asked for first, then the others. */
function modelsFor(first: string | undefined, models: readonly string[]): readonly string[] {
  return first === undefined ? models : [first, ...models.filter((model) => model !== first)];
}

/** How many documents the run read. */
function sourcesOf(task: Task): number {
  return task.events.filter((event) => event.type === 'tool' && event.tool === 'fetch_document' && event.ok)
    .length;
}
