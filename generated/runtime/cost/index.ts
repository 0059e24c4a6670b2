// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** What generated helpers import of the cost of model calls, and the types that a program may want to name. */
export type { Component } from '../component.js';
export { createCost } from './cost.js';
export type { Cost, CostDefinition, CostRecord, Price } from './cost.js';
export { BudgetExceededError } from './budget.js';
export type { Budget, BudgetLimits, ExceededLimit, Spending } from './budget.js';
export {
  addUsage,
  inputTokens,
  outputTokens,
  totalTokens,
  usageOf,
  usageOfAiSdk,
  usageOfAnthropic,
  usageOfGemini,
  usageOfOpenAI,
} from './usage.js';
export type { Usage } from './usage.js';
