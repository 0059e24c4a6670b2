import { once } from 'node:events';
import { agents } from '../../../generated/index.js';
import type { ToolCall } from '../model/wire.js';
import { InvalidArgumentsError, parseArguments } from './tool.js';
import type { Toolbox } from './toolbox.js';

export interface ToolResult {
  readonly ok: boolean;
  /** What the model gets to read. */
  readonly text: string;
}

/**
 * Runs a tool that the model asked for, measured. A failure of the tool is a result too: the model may mend it. Rejects only where the run
 * itself was given up.
 */
export async function callTool(
  toolbox: Toolbox,
  call: ToolCall,
  options: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<ToolResult> {
  const { name, arguments: json } = call.function;
  // The model may name a tool that does not exist: that is a call as well.
  const tool = agents.wrapTool<(shown: unknown) => Promise<string>>(name, () =>
    execute(toolbox, name, json, options),
  );
  try {
    return { ok: true, text: await tool(shownArguments(json)) };
  } catch (error) {
    if (options.signal.aborted) throw error;
    return { ok: false, text: `Error: ${error instanceof Error ? error.message : 'the tool failed'}` };
  }
}

/** What a span shows of the arguments, where the operator lets contents out. */
function shownArguments(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

async function execute(
  toolbox: Toolbox,
  name: string,
  json: string,
  options: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<string> {
  const tool = toolbox.get(name);
  if (tool === undefined) throw new InvalidArgumentsError(`there is no tool ${name}`);
  const args = parseArguments(tool.parameters, json);
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]);
  return Promise.race([tool.execute(args, signal), rejectionOf(signal)]);
}

/** Rejects when the signal fires, for tools that do not listen to it. */
async function rejectionOf(signal: AbortSignal): Promise<never> {
  signal.throwIfAborted();
  await once(signal, 'abort');
  throw signal.reason;
}
