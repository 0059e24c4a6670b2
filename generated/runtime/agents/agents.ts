// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { createCost } from '../cost/cost.js';
import type { Cost } from '../cost/cost.js';
import type { CostMetrics } from '../cost/metrics.js';
import type { SpanHelper } from '../traces/span.js';
import { cacheOf } from './cache.js';
import type { Cache, CacheName } from './cache.js';
import type { ClientOptions } from './client-method.js';
import { wrapAnthropic, wrapOpenAI } from './clients.js';
import type { AgentEnvironment, SpanOpener } from './environment.js';
import { modelFailure, retryReason } from './failure.js';
import type { RetryReason } from './failure.js';
import { languageModelMiddleware, wrapLanguageModel } from './language-model.js';
import type { LanguageModelMiddleware } from './language-model.js';
import { serveMcp, wrapMcpClient } from './mcp.js';
import type { McpOptions } from './mcp.js';
import type { AgentMetrics } from './metrics.js';
import { policiesOf } from './policy.js';
import type { Policies } from './policy.js';
import { queueOf } from './queue.js';
import type { Queue } from './queue.js';
import { runAgent, startRun } from './run.js';
import type { AgentRun, OpenAgentRun, RunOptions } from './run.js';
import { sandboxOf } from './sandbox.js';
import type { Sandbox } from './sandbox.js';
import { timedWork } from './timed-work.js';
import { wrapTools } from './tool-registry.js';
import { wrapTool } from './tools.js';

/** Measures agents, and the clients that they work with. `A` are the attributes of the span of a run, `O` the ways in which it can end. */
export interface Agents<A, O extends string> {
  /**
   * Runs a function as a run of an agent: its calls of models and tools, and agents that it starts, belong to it. What it returns or
   * throws comes through unchanged. Inside another run it counts as started by that one's agent.
   */
  run<R>(attributes: A, work: (run: AgentRun<A, O>) => R, options?: RunOptions): R;
  /** Begins a run that is no single function; it has to be ended. */
  startRun(attributes: A, options?: RunOptions): OpenAgentRun<A, O>;
  /** A workflow of several agents. */
  workflow<R>(workflow: string, work: () => R): R;
  /**
   * Measures a client of an OpenAI-compatible API: chat completions, responses, embeddings, streams and whatever of the client ends in
   * these. Returns the same client, whose methods now measure. Requests are sent as they are: tokens of a stream are known where the
   * program asks for them with `stream_options`.
   */
  wrapOpenAI<C extends object>(client: C, options?: ClientOptions): C;
  /** Measures a client of Anthropic's API: messages, streams, and loops of tools. Returns the same client. */
  wrapAnthropic<C extends object>(client: C, options?: ClientOptions): C;
  /** Measures a model of the Vercel AI SDK, of any version of its specification. Returns the same model. */
  wrapLanguageModel<M extends object>(model: M, options?: ClientOptions): M;
  /** The same as a middleware of the AI SDK. */
  languageModelMiddleware<V extends string = 'v3'>(
    options?: ClientOptions & { readonly specificationVersion?: V },
  ): LanguageModelMiddleware<V>;
  /** Measures a client of the Model Context Protocol: its requests, and a span for each tool call. Returns the same client. */
  wrapMcpClient<C extends object>(client: C, options?: McpOptions): C;
  /** Runs the work of an MCP server's handler, and records its time. */
  mcpServer<R>(method: string, work: () => R): R;
  /** Measures a tool. Returns a function of the same name and length, with the same properties. */
  wrapTool<F extends (...args: never[]) => unknown>(name: string, tool: F): F;
  /**
   * Measures the tools of a registry: functions, or objects with a method such as `execute`, in a record, a list or a map. Returns a copy
   * of the registry. The object of a class stays the same object, and its method now measures.
   */
  wrapTools<T extends object>(tools: T): T;
  /** Another model is asked, since this one failed. */
  fellBack(from: string, to: string, error: unknown): void;
  /** The program itself calls a model again. */
  retried(model: string, error: unknown): void;
  sandbox(runtime: string): Sandbox;
  readonly policies: Policies;
  cache(cache: CacheName): Cache;
  queue(queue: string, options?: { readonly capacity?: number | undefined }): Queue;
}

/** What the spec says of agents. */
export interface AgentsDefinition<A, O extends string> {
  /** The agent that calls outside a run are counted for. */
  readonly agent: string;
  /** Spans of the preset, as far as the spec has them. */
  readonly spans: {
    readonly run?: SpanHelper<A, O>;
    readonly modelCall?: object;
    readonly toolCall?: object;
  };
  readonly metrics: AgentMetrics & Pick<CostMetrics, 'agentTokensTotal' | 'genAiClientTokenUsage'>;
  /** Without it, tokens are counted and nothing has a price. */
  readonly cost?: Cost;
  readonly injectMeta?: AgentEnvironment['injectMeta'];
}

/** More than the label's cap in any spec that plans for it. */
const mostQueues = 1000;

/** Makes the helpers of a service for its agents. */
export function createAgents<A, O extends string>(definition: AgentsDefinition<A, O>): Agents<A, O> {
  const { metrics, spans, injectMeta } = definition;
  const environment: AgentEnvironment = {
    spans: spans as {
      readonly run?: SpanOpener;
      readonly modelCall?: SpanOpener;
      readonly toolCall?: SpanOpener;
    },
    metrics,
    cost: definition.cost ?? createCost({ currency: 'USD', metrics }),
    agent: definition.agent,
    ...(injectMeta === undefined ? {} : { injectMeta }),
  };
  /** A queue is one, however often it is asked for: its age is read at each scrape. */
  const queues = new Map<string, Queue>();
  const queueNamed: Agents<A, O>['queue'] = (name, options = {}) => {
    const made = queues.get(name) ?? queueOf(metrics, name, options);
    if (queues.size < mostQueues) queues.set(name, made);
    return made;
  };
  const reasonOf = (error: unknown): RetryReason => retryReason(modelFailure(error)) ?? 'server_error';
  return {
    run: (attributes, work, options) => runAgent(environment, attributes, work, options),
    startRun: (attributes, options) => startRun(environment, attributes, options),
    workflow: (workflow, work) =>
      timedWork(work, (_ending, seconds) => {
        metrics.genAiWorkflowDurationSeconds?.observe({ workflow }, seconds);
      }),
    wrapOpenAI: (client, options = {}) => wrapOpenAI(environment, client, options),
    wrapAnthropic: (client, options = {}) => wrapAnthropic(environment, client, options),
    wrapLanguageModel: (model, options = {}) => wrapLanguageModel(environment, model, options),
    languageModelMiddleware: <V extends string>(
      options: ClientOptions & { readonly specificationVersion?: V } = {},
    ) => languageModelMiddleware(environment, options.specificationVersion ?? ('v3' as V), options),
    wrapMcpClient: (client, options = {}) => wrapMcpClient(environment, client, options),
    mcpServer: (method, work) => serveMcp(environment, method, work),
    wrapTool: (name, tool) => wrapTool(environment, name, tool),
    wrapTools: (tools) => wrapTools(environment, tools),
    fellBack(from, to, error) {
      metrics.agentModelFallbacksTotal?.inc({ from_model: from, to_model: to, reason: reasonOf(error) });
    },
    retried(model, error) {
      metrics.agentModelRetriesTotal?.inc({ model, reason: reasonOf(error) });
    },
    sandbox: (runtime) => sandboxOf(metrics, runtime),
    policies: policiesOf(metrics),
    cache: (cache) => cacheOf(metrics, cache),
    queue: queueNamed,
  };
}
