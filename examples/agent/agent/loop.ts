import { spans, type AgentsRun } from '../../../generated/index.js';
import { ask, type AskOptions } from '../model/ask.js';
import type { Completion } from '../model/completion.js';
import type { Message } from '../model/wire.js';
import { callTool } from '../tools/call-tool.js';
import { toolDefinitions, type Toolbox } from '../tools/toolbox.js';
import type { RunOutcome, TaskEvent } from './task.js';

export interface LoopOptions {
  readonly instructions: string;
  readonly toolbox: Toolbox;
  readonly model: Omit<AskOptions, 'signal' | 'onText' | 'onFailure'>;
  readonly maxSteps: number;
  /** How many tool calls of a run may repeat an earlier one with the same arguments. */
  readonly maxRepeats: number;
  readonly toolTimeoutMs: number;
  readonly signal: AbortSignal;
  readonly publish: (event: TaskEvent) => void;
}

export interface LoopResult {
  readonly outcome: RunOutcome;
  readonly answer: string | null;
}

/** The reason-and-act loop: the model thinks and asks for tools, gets their results, and thinks again, until it answers. */
export async function reasonAndAct(run: AgentsRun, text: string, options: LoopOptions): Promise<LoopResult> {
  const messages: Message[] = [
    { role: 'system', content: options.instructions },
    { role: 'user', content: text },
  ];
  while (run.steps < options.maxSteps) {
    const step = run.step();
    options.publish({ type: 'step', step });
    const result = await spans.researchStep({ step }, () => takeStep(run, messages, options));
    if (result !== undefined) return result;
  }
  return { outcome: 'max_steps', answer: null };
}

async function takeStep(
  run: AgentsRun,
  messages: Message[],
  options: LoopOptions,
): Promise<LoopResult | undefined> {
  const { text, toolCalls } = await think(messages, options);
  if (toolCalls.length === 0) return { outcome: 'completed', answer: text };
  if (run.budget?.exceeded !== undefined) return { outcome: 'budget_exceeded', answer: null };

  messages.push({ role: 'assistant', content: text || null, tool_calls: toolCalls });
  for (const call of toolCalls) {
    const result = await callTool(options.toolbox, call, {
      signal: options.signal,
      timeoutMs: options.toolTimeoutMs,
    });
    options.publish({ type: 'tool', tool: call.function.name, ok: result.ok, result: result.text });
    messages.push({ role: 'tool', tool_call_id: call.id, content: result.text });
  }
  return run.repeatedCalls > options.maxRepeats ? { outcome: 'loop_detected', answer: null } : undefined;
}

async function think(messages: readonly Message[], options: LoopOptions): Promise<Completion> {
  let hasStreamed = false;
  const tools = toolDefinitions(options.toolbox);
  return ask(
    { messages, tools, stream: true, stream_options: { include_usage: true } },
    {
      ...options.model,
      signal: options.signal,
      onText: (text) => {
        hasStreamed = true;
        options.publish({ type: 'text', text });
      },
      onFailure: () => {
        if (hasStreamed) options.publish({ type: 'retract' });
        hasStreamed = false;
      },
    },
  );
}
