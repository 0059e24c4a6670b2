import { once } from 'node:events';
import { spans } from '../../../generated/index.js';
import type { ToolCall } from '../model/wire.js';
import { DeniedError, InvalidArgumentsError, parseArguments } from './tool.js';
import type { Toolbox } from './toolbox.js';

type ToolOutcome = 'ok' | 'tool_error' | 'invalid_args' | 'timeout' | 'denied';

export interface ToolResult {
  readonly ok: boolean;
  /** What the model gets to read. */
  readonly text: string;
}

/**
 * Runs a tool that the model asked for. A failure of the tool is a result too: the model may mend it. Rejects only where the run itself
 * was given up.
 */
export async function callTool(
  toolbox: Toolbox,
  call: ToolCall,
  options: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<ToolResult> {
  const { name, arguments: json } = call.function;
  const attributes = { tool: name, arguments: json, 'gen_ai.tool.call.id': call.id };
  return spans.agentToolCall(attributes, async (span) => {
    const timeout = AbortSignal.timeout(options.timeoutMs);
    try {
      const tool = toolbox.get(name);
      if (tool === undefined) throw new InvalidArgumentsError(`there is no tool ${name}`);
      const args = parseArguments(tool.parameters, json);
      const signal = AbortSignal.any([options.signal, timeout]);
      return { ok: true, text: await Promise.race([tool.execute(args, signal), rejectionOf(signal)]) };
    } catch (error) {
      if (options.signal.aborted) throw error;
      span.outcome(timeout.aborted ? 'timeout' : outcomeOf(error));
      return { ok: false, text: `Error: ${error instanceof Error ? error.message : 'the tool failed'}` };
    }
  });
}

/** Rejects when the signal fires, for tools that do not listen to it. */
async function rejectionOf(signal: AbortSignal): Promise<never> {
  signal.throwIfAborted();
  await once(signal, 'abort');
  throw signal.reason;
}

function outcomeOf(error: unknown): ToolOutcome {
  if (error instanceof DeniedError) return 'denied';
  if (error instanceof InvalidArgumentsError) return 'invalid_args';
  return 'tool_error';
}
