// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** What generated helpers import of the agents, and the types that a program may want to name. */
export { createAgents } from './agents.js';
export type { Agents, AgentsDefinition } from './agents.js';
export { modelFailure } from './failure.js';
export type { ModelFailure } from './failure.js';
export { runFailure, toolFailure } from './outcomes.js';
export type { RunFailure, ToolFailure } from './outcomes.js';
export type { AgentMetrics } from './metrics.js';
export type { AgentRun, OpenAgentRun, PlainRunAttributes, RunOptions } from './run.js';
export type { ClientOptions } from './client-method.js';
export type { LanguageModelMiddleware } from './language-model.js';
export type { InjectMeta, McpOptions } from './mcp.js';
export type { Sandbox, SandboxOutcome } from './sandbox.js';
export type { Approval, Policies, PolicyCall, PolicyDecision, PolicyStage } from './policy.js';
export type { Cache, CacheName } from './cache.js';
export type { Queue, QueueTask, TaskOutcome } from './queue.js';
