// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** Metrics with labels, by their shape: the generated helpers know the types of the labels. */
export interface CounterLike {
  inc(labels: object, amount?: number): void;
}

export interface GaugeLike {
  inc(labels: object, amount?: number): void;
  dec(labels: object, amount?: number): void;
  set(labels: object, value: number): void;
}

export interface ReadGaugeLike extends GaugeLike {
  observe(labels: object, read: () => number): () => void;
}

export interface HistogramLike {
  observe(labels: object, value: number): void;
}

/**
 * Metrics of the presets `agent`, `sandbox`, `policy`, `cache` and `queue`, as far as the spec has them; the others are not recorded.
 * Those that the spans record are not among them.
 */
export interface AgentMetrics {
  readonly agentActiveRuns?: GaugeLike;
  readonly agentRunSteps?: HistogramLike;
  readonly agentRepeatedCallsTotal?: CounterLike;
  readonly agentSubagentsTotal?: CounterLike;
  readonly agentSubagentDepth?: { observe(value: number): void };
  readonly agentCompactionsTotal?: CounterLike;
  readonly agentContextUtilizationRatio?: HistogramLike;
  readonly genAiWorkflowDurationSeconds?: HistogramLike;
  readonly genAiClientOperationTimeToFirstChunkSeconds?: HistogramLike;
  readonly agentModelRetriesTotal?: CounterLike;
  readonly agentModelFallbacksTotal?: CounterLike;
  readonly agentRatelimitRemainingRatio?: GaugeLike;
  readonly agentStreamAbortsTotal?: CounterLike;
  readonly mcpClientOperationDurationSeconds?: HistogramLike;
  readonly mcpServerOperationDurationSeconds?: HistogramLike;

  readonly agentSandboxUp?: GaugeLike;
  readonly agentSandboxActive?: GaugeLike;
  readonly agentSandboxStartsTotal?: CounterLike;
  readonly agentSandboxStartDurationSeconds?: HistogramLike;
  readonly agentSandboxExecDurationSeconds?: HistogramLike;
  readonly agentSandboxLimitHitsTotal?: CounterLike;

  readonly agentPolicyDecisionsTotal?: CounterLike;
  readonly agentPolicyEvaluationDurationSeconds?: HistogramLike;
  readonly agentApprovalsTotal?: CounterLike;
  readonly agentApprovalsPending?: { inc(): void; dec(): void };
  readonly agentApprovalWaitSeconds?: HistogramLike;

  readonly agentCacheRequestsTotal?: CounterLike;
  readonly agentCacheLookupDurationSeconds?: HistogramLike;
  readonly agentCacheEntries?: GaugeLike;
  readonly agentCacheSizeBytes?: GaugeLike;
  readonly agentCacheEvictionsTotal?: CounterLike;
  readonly agentCacheSavedTokensTotal?: CounterLike;

  readonly agentQueueDepth?: GaugeLike;
  readonly agentQueueCapacity?: GaugeLike;
  readonly agentQueueOldestAgeSeconds?: ReadGaugeLike;
  readonly agentQueueWorkers?: GaugeLike;
  readonly agentQueueTasksTotal?: CounterLike;
  readonly agentQueueRefusedTotal?: CounterLike;
  readonly agentQueueRetriesTotal?: CounterLike;
  readonly agentQueueWaitSeconds?: HistogramLike;
  readonly agentQueueProcessingSeconds?: HistogramLike;
}
