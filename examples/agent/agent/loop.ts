import { metrics, spans } from '../../../generated/index.js';
import { ask, type AskOptions } from '../model/ask.js';
import type { Completion } from '../model/completion.js';
import type { PriceTable } from '../model/prices.js';
import { recordUsage } from '../model/record-usage.js';
import type { Message, ToolCall } from '../model/wire.js';
import { callTool } from '../tools/call-tool.js';
import { callKey, toolDefinitions, type Toolbox } from '../tools/toolbox.js';
import { publish, type RunOutcome, type Task } from './task.js';

export interface LoopOptions {
  readonly instructions: string;
  readonly toolbox: Toolbox;
  readonly model: Omit<AskOptions, 'signal' | 'onText' | 'onFailure'>;
  readonly prices: PriceTable;
  readonly maxSteps: number;
  readonly maxCostUsd: number;
  /** How often a tool call may be repeated with the same arguments. */
  readonly maxRepeats: number;
  readonly toolTimeoutMs: number;
  readonly signal: AbortSignal;
}

export interface LoopResult {
  readonly outcome: RunOutcome;
  readonly answer: string | null;
}

/** The reason-and-act loop: the model thinks and asks for tools, gets their results, and thinks again, until it answers. */
export async function reasonAndAct(task: Task, options: LoopOptions): Promise<LoopResult> {
  const messages: Message[] = [
    { role: 'system', content: options.instructions },
    { role: 'user', content: task.text },
  ];
  const seen = new Map<string, number>();
  while (task.steps < options.maxSteps) {
    task.steps += 1;
    publish(task, { type: 'step', step: task.steps });
    const result = await spans.researchStep({ step: task.steps }, () =>
      takeStep(task, messages, seen, options),
    );
    if (result !== undefined) return result;
  }
  return { outcome: 'max_steps', answer: null };
}

async function takeStep(
  task: Task,
  messages: Message[],
  seen: Map<string, number>,
  options: LoopOptions,
): Promise<LoopResult | undefined> {
  const completion = await think(task, messages, options);
  if (completion.toolCalls.length === 0) return { outcome: 'completed', answer: completion.text };
  if (task.costUsd > options.maxCostUsd) return { outcome: 'budget_exceeded', answer: null };
  if (isLoop(task, completion.toolCalls, seen, options.maxRepeats))
    return { outcome: 'loop_detected', answer: null };

  messages.push({ role: 'assistant', content: completion.text || null, tool_calls: completion.toolCalls });
  for (const call of completion.toolCalls) {
    const result = await callTool(options.toolbox, call, {
      signal: options.signal,
      timeoutMs: options.toolTimeoutMs,
    });
    publish(task, { type: 'tool', tool: call.function.name, ok: result.ok, result: result.text });
    messages.push({ role: 'tool', tool_call_id: call.id, content: result.text });
  }
  return undefined;
}

async function think(task: Task, messages: readonly Message[], options: LoopOptions): Promise<Completion> {
  let hasStreamed = false;
  const { model, completion } = await ask(
    {
      messages,
      tools: toolDefinitions(options.toolbox),
      stream: true,
      stream_options: { include_usage: true },
    },
    {
      ...options.model,
      signal: options.signal,
      onText: (text) => {
        hasStreamed = true;
        publish(task, { type: 'text', text });
      },
      onFailure: () => {
        if (hasStreamed) publish(task, { type: 'retract' });
        hasStreamed = false;
      },
    },
  );
  task.costUsd += recordUsage(task.agent, model, completion.usage, options.prices);
  return completion;
}

/** Counts repeated calls, and tells whether one was repeated too often. */
function isLoop(
  task: Task,
  calls: readonly ToolCall[],
  seen: Map<string, number>,
  maxRepeats: number,
): boolean {
  let found = false;
  for (const call of calls) {
    const repeats = seen.get(callKey(call)) ?? 0;
    seen.set(callKey(call), repeats + 1);
    if (repeats > 0) metrics.agentRepeatedCallsTotal.inc({ agent: task.agent, tool: call.function.name });
    if (repeats > maxRepeats) found = true;
  }
  return found;
}
