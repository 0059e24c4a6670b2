// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { monotonicSeconds } from '../host.js';
import type { AgentEnvironment } from './environment.js';
import { replace } from './iterator.js';
import { callTool } from './tools.js';
import { fieldsOf, text } from './wire.js';

/** How an MCP client is wrapped. */
export interface McpOptions {
  /**
   * Where the server is: `local` for a child process of this one, or its URL. Baggage goes only to servers that the spec's correlation
   * allows.
   */
  readonly to?: string | undefined;
  /** Puts the context of the trace into the parameters of each request, as `_meta`. Default: the spec's correlation. */
  readonly injectMeta?: InjectMeta | undefined;
}

/** Returns parameters of an MCP request with the context of the trace in `_meta`. */
export type InjectMeta = (parameters: object, options: { readonly to?: string }) => object;

/** Methods of a client, and what they are called in the protocol. */
const methods: Readonly<Record<string, string>> = {
  callTool: 'tools/call',
  listTools: 'tools/list',
  getPrompt: 'prompts/get',
  listPrompts: 'prompts/list',
  readResource: 'resources/read',
  listResources: 'resources/list',
  listResourceTemplates: 'resources/templates/list',
  subscribeResource: 'resources/subscribe',
  unsubscribeResource: 'resources/unsubscribe',
  complete: 'completion/complete',
  setLoggingLevel: 'logging/setLevel',
  ping: 'ping',
};

/** Methods whose first argument are not the parameters of the request. */
const withoutParameters = new Set(['setLoggingLevel', 'ping']);

const wrapped = new WeakSet();

/** Measures an MCP client; see `Agents.wrapMcpClient`. */
export function wrapMcpClient<C extends object>(
  environment: AgentEnvironment,
  client: C,
  options: McpOptions,
): C {
  if (wrapped.has(client)) return client;
  const injectMeta = options.injectMeta ?? environment.injectMeta;
  for (const [name, method] of Object.entries(methods)) {
    const original = fieldsOf(client)?.[name];
    if (typeof original !== 'function') continue;
    const send = (args: readonly unknown[]): unknown => {
      const [parameters, ...rest] = args;
      const sent = withoutParameters.has(name)
        ? args
        : [withMeta(parameters, injectMeta, options.to), ...rest];
      // Where nothing was given, the client's own defaults hold.
      return Reflect.apply(original, client, sent.length === 1 && sent[0] === undefined ? [] : sent);
    };
    const measured = (...args: readonly unknown[]): unknown => {
      const work = (): unknown => timed(environment, method, () => send(args));
      const tool = name === 'callTool' ? text(args[0], 'name') : undefined;
      if (tool === undefined) return work();
      return callTool(environment, tool, fieldsOf(args[0])?.['arguments'], work, isToolError);
    };
    Object.defineProperty(measured, 'name', { value: name, configurable: true });
    if (replace(client, name, measured)) wrapped.add(client);
  }
  return client;
}

function isToolError(result: unknown): boolean {
  return fieldsOf(result)?.['isError'] === true;
}

/** Records the time of a request, whatever comes of it. */
function timed(environment: AgentEnvironment, method: string, send: () => unknown): unknown {
  const started = monotonicSeconds();
  const done = (): void => {
    const seconds = monotonicSeconds() - started;
    environment.metrics.mcpClientOperationDurationSeconds?.observe({ mcp_method_name: method }, seconds);
  };
  const result = send();
  if (result instanceof Promise) void result.then(done, done);
  return result;
}

function withMeta(parameters: unknown, injectMeta: InjectMeta | undefined, to: string | undefined): unknown {
  if (injectMeta === undefined) return parameters;
  try {
    return injectMeta(fieldsOf(parameters) ?? {}, to === undefined ? {} : { to });
  } catch {
    return parameters;
  }
}

/** Runs the work of an MCP server's own handler, and records its time; see `Agents.mcpServer`. */
export function serveMcp<R>(environment: AgentEnvironment, method: string, work: () => R): R {
  const started = monotonicSeconds();
  const done = (): void => {
    const seconds = monotonicSeconds() - started;
    environment.metrics.mcpServerOperationDurationSeconds?.observe({ mcp_method_name: method }, seconds);
  };
  let result: R;
  try {
    result = work();
  } catch (error) {
    done();
    throw error;
  }
  if (result instanceof Promise) void result.then(done, done);
  else done();
  return result;
}
