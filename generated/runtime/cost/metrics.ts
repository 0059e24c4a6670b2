// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** A counter or gauge with labels, by its shape: the generated helpers know the types of the labels. */
interface WithInc {
  inc(labels: object, amount?: number): void;
}

interface WithSet {
  set(labels: object, value: number): void;
}

/** Metrics of the presets `agent` and `cost`, as far as the spec has them; the others are not recorded. */
export interface CostMetrics {
  /** Labels: token_class, model, agent. */
  readonly agentTokensTotal?: WithInc;
  /** Labels: token_type, model. */
  readonly genAiClientTokenUsage?: { observe(labels: object, value: number): void };
  /** Labels: model, agent, source. */
  readonly agentCostUsdTotal?: WithInc;
  /** Label: model. */
  readonly agentUnpricedTokensTotal?: WithInc;
  /** Label: agent. */
  readonly agentCostBudgetUsd?: WithSet;
  /** Label: provider. */
  readonly agentCostReconciliationRatio?: WithSet;
  readonly agentPriceTableTimestampSeconds?: { set(value: number): void };
}
