import { logs, metrics, spans } from '../../../generated/index.js';
import type { AgentDefinition } from '../config.js';
import { ModelError } from '../model/errors.js';
import { selectTools, type Toolbox } from '../tools/toolbox.js';
import { reasonAndAct, type LoopOptions, type LoopResult } from './loop.js';
import { publish, type Task } from './task.js';

export interface RunOptions extends Omit<LoopOptions, 'instructions' | 'toolbox' | 'signal'> {
  readonly toolbox: Toolbox;
  readonly agents: ReadonlyMap<string, AgentDefinition>;
  /** Longest time that a run may take. */
  readonly runTimeoutMs: number;
}

/** Runs a task to its end, whatever that is. Never rejects. */
export async function runTask(task: Task, options: RunOptions): Promise<void> {
  task.state = 'running';
  const attributes = {
    agent: task.agent,
    'task.id': task.id,
    'task.length': task.text.length,
    'task.text': task.text,
  };
  const active = metrics.agentActiveRuns.with({ agent: task.agent });
  active.inc();
  const result = await spans.agentRun(attributes, async (span) => {
    const end = await runGuarded(task, options);
    span.outcome(end.outcome);
    span.set({ steps: task.steps });
    return end;
  });
  active.dec();
  metrics.agentRunSteps.observe({ agent: task.agent }, task.steps);
  if (result.outcome === 'completed') metrics.researchAnswerSources.observe(sourcesOf(task));
  task.state = 'finished';
  task.outcome = result.outcome;
  task.answer = result.answer;
  logs.runFinished({
    task: task.id,
    outcome: result.outcome,
    steps: task.steps,
    cost_usd: Number(task.costUsd.toFixed(6)),
  });
  publish(task, { type: 'end', ...result });
}

/** The loop within its time; what it throws becomes an outcome. */
async function runGuarded(task: Task, options: RunOptions): Promise<LoopResult> {
  const timeout = AbortSignal.timeout(options.runTimeoutMs);
  const definition = options.agents.get(task.agent);
  try {
    task.abort.signal.throwIfAborted();
    if (definition === undefined) throw new Error(`there is no agent ${task.agent}`);
    return await reasonAndAct(task, {
      ...options,
      model: { ...options.model, models: modelsFor(task, options.model.models) },
      instructions: definition.instructions,
      toolbox: selectTools(options.toolbox, definition.tools),
      signal: AbortSignal.any([task.abort.signal, timeout]),
    });
  } catch (error) {
    if (task.abort.signal.aborted) return { outcome: 'cancelled', answer: null };
    if (timeout.aborted) return { outcome: 'timeout', answer: null };
    if (error instanceof ModelError && error.failure === 'content_filter')
      return { outcome: 'policy_denied', answer: null };
    logs.runFailed({ task: task.id, error: error instanceof Error ? error.message : String(error) });
    return { outcome: 'error', answer: null };
  }
}

/** The model that the client asked for first, then the others. */
function modelsFor(task: Task, models: readonly string[]): readonly string[] {
  return task.model === undefined ? models : [task.model, ...models.filter((model) => model !== task.model)];
}

/** How many documents the run read. */
function sourcesOf(task: Task): number {
  return task.events.filter((event) => event.type === 'tool' && event.tool === 'fetch_document' && event.ok)
    .length;
}
