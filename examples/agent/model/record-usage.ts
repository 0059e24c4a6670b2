import { metrics } from '../../../generated/index.js';
import type { Usage } from './completion.js';
import type { PriceTable } from './prices.js';

/** Counts the tokens of a call and what they cost; returns the cost in USD, 0 where the model has no price. */
export function recordUsage(agent: string, model: string, usage: Usage, prices: PriceTable): number {
  metrics.genAiClientTokenUsage.observe({ token_type: 'input', model }, usage.input);
  metrics.genAiClientTokenUsage.observe({ token_type: 'output', model }, usage.output);

  const classes = {
    input: usage.input - usage.cached,
    cache_read: usage.cached,
    output: usage.output - usage.reasoning,
    reasoning: usage.reasoning,
  } as const;
  for (const [tokenClass, tokens] of Object.entries(classes) as [keyof typeof classes, number][]) {
    if (tokens > 0) metrics.agentTokensTotal.inc({ token_class: tokenClass, model, agent }, tokens);
  }

  const cost = prices.costOf(model, usage);
  if (cost === undefined) {
    metrics.agentUnpricedTokensTotal.inc({ model }, usage.input + usage.output);
    return 0;
  }
  metrics.agentCostUsdTotal.inc({ model, agent, source: 'local' }, cost);
  return cost;
}
