// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Component } from '../component.js';
import { currentSettings } from '../settings/settings.js';
import { createBudget } from './budget.js';
import type { Budget, BudgetLimits } from './budget.js';
import { estimateTokens } from './estimate.js';
import type { CostMetrics } from './metrics.js';
import { PriceFile } from './price-file.js';
import { readPriceTable } from './price-table.js';
import type { PriceTable } from './price-table.js';
import { amountOf, picoCostOf, picoOf } from './rates.js';
import { Reconciliation } from './reconciliation.js';
import { inputTokens, noUsage, outputTokens, totalTokens } from './usage.js';
import type { Usage } from './usage.js';

/** What a call costs. */
export interface Price {
  /** 0 where it is not priced, which is not the same as free. */
  readonly amount: number;
  readonly currency: string;
  /** Whether the price table knows the model. */
  readonly priced: boolean;
}

/** A model call whose usage is to be counted. */
export interface CostRecord {
  readonly model: string;
  /** The agent that it was made for. */
  readonly agent: string;
  readonly usage: Usage;
  /** Who sends the bill. */
  readonly provider?: string | undefined;
  /** What the provider says that it costs, in the currency of the prices: it is counted instead of the price table's. */
  readonly reported?: number | undefined;
}

/** What model calls cost. Nothing here throws. */
export interface Cost {
  /** What a usage costs by the price table. */
  of(model: string, usage: Usage): Price;
  /** Counts tokens by class, and their cost; tokens of a model without a price are counted as such. Returns what was counted. */
  record(call: CostRecord): Price;
  /** About what a request costs before it is sent: of a text, or of so many tokens, and of the tokens that are expected back. */
  estimate(model: string, request: string | number, answerTokens?: number): Price;
  /**
   * Compares a bill with what was counted for the provider since the last one, and sets the ratio of both.
   * @returns billed divided by counted; undefined where nothing was counted
   */
  reconcile(bill: { readonly provider: string; readonly billed: number }): number | undefined;
  /** The budget of a run. */
  budget(limits: BudgetLimits): Budget;
  /** Shows what an agent may spend in a day. */
  dailyBudget(agent: string, usd: number): void;
  /** Puts prices into force, in the form of the price file. Returns what is wrong with them; prices without any row that can be used change nothing. */
  setPrices(json: unknown): readonly string[];
  readonly component: Component;
}

/** What the spec says of cost. */
export interface CostDefinition {
  readonly currency: string;
  /** The price file, relative to the working directory. */
  readonly prices?: string;
  readonly metrics: CostMetrics;
}

/** Makes the cost helpers of a service. */
export function createCost(definition: CostDefinition): Cost {
  const { metrics } = definition;
  let table: PriceTable | undefined;
  const unpriced = { tokens: 0 };
  const reconciliation = new Reconciliation();
  const use = (next: PriceTable): void => {
    table = next;
    if (next.updated !== undefined) metrics.agentPriceTableTimestampSeconds?.set(next.updated);
  };
  const file = definition.prices === undefined ? undefined : new PriceFile(definition.prices, use);
  let isRead = false;
  const prices = (): PriceTable | undefined => {
    if (!isRead) {
      isRead = true;
      file?.read();
    }
    return table;
  };
  /** Amounts of another currency than the table's would be compared with each other. */
  const currency = (): string => table?.currency ?? definition.currency;

  const costOf = (model: string, usage: Usage): { readonly pico: number; readonly priced: boolean } => {
    const price = prices()?.find(model);
    return price === undefined
      ? { pico: 0, priced: false }
      : { pico: picoCostOf(price, usage), priced: true };
  };

  const of = (model: string, usage: Usage): Price => {
    const { pico, priced } = costOf(model, usage);
    return { amount: amountOf(pico), currency: currency(), priced };
  };

  function record({ model, agent, usage, provider, reported }: CostRecord): Price {
    const { pico, priced } = costOf(model, usage);
    const isReported = reported !== undefined && Number.isFinite(reported) && reported >= 0;
    const counted = isReported ? picoOf(reported) : pico;
    const result = { amount: amountOf(counted), currency: currency(), priced: priced || isReported };
    if (currentSettings().switches?.['cost'] === false) return result;
    countTokens(metrics, model, agent, usage);
    if (!result.priced) {
      const tokens = totalTokens(usage);
      unpriced.tokens += tokens;
      if (tokens > 0) metrics.agentUnpricedTokensTotal?.inc({ model }, tokens);
      return result;
    }
    if (provider !== undefined) reconciliation.count(provider, counted);
    // The metric is one of dollars: amounts of another currency would be added to them.
    if (result.currency === 'USD' && counted > 0) {
      const source = isReported ? 'provider' : 'local';
      metrics.agentCostUsdTotal?.inc({ model, agent, source }, result.amount);
    }
    return result;
  }

  return {
    of,
    record,
    estimate(model, request, answerTokens = 0) {
      const input = typeof request === 'string' ? estimateTokens(request) : request;
      return of(model, { ...noUsage, input, output: answerTokens });
    },
    reconcile({ provider, billed }) {
      const ratio = reconciliation.settle(provider, picoOf(billed));
      if (ratio !== undefined) metrics.agentCostReconciliationRatio?.set({ provider }, ratio);
      return ratio;
    },
    budget: createBudget,
    dailyBudget(agent, usd) {
      metrics.agentCostBudgetUsd?.set({ agent }, usd);
    },
    setPrices(json) {
      isRead = true;
      const { table: next, notes } = readPriceTable(json);
      if (next !== undefined) use(next);
      return notes;
    },
    component: {
      name: 'cost',
      start() {
        prices();
        file?.watch();
      },
      close() {
        file?.close();
      },
      stats: () => ({
        models: table?.models ?? 0,
        currency: currency(),
        updated: table?.updated,
        unpricedTokens: unpriced.tokens,
        notes: [...(file?.notes ?? []), ...currencyNotes(definition.currency, table)],
      }),
    },
  };
}

/** Counts tokens by disjoint class, and how many went in and came out. */
function countTokens(metrics: CostMetrics, model: string, agent: string, usage: Usage): void {
  const classes = {
    input: usage.input,
    cache_read: usage.cacheRead,
    cache_write: usage.cacheWrite,
    output: usage.output,
    reasoning: usage.reasoning,
  };
  for (const [tokenClass, tokens] of Object.entries(classes)) {
    if (tokens > 0) metrics.agentTokensTotal?.inc({ token_class: tokenClass, model, agent }, tokens);
  }
  metrics.genAiClientTokenUsage?.observe({ token_type: 'input', model }, inputTokens(usage));
  metrics.genAiClientTokenUsage?.observe({ token_type: 'output', model }, outputTokens(usage));
}

function currencyNotes(expected: string, table: PriceTable | undefined): readonly string[] {
  if (table === undefined || table.currency === expected) return [];
  return [`the prices are in ${table.currency}, and the spec says ${expected}`];
}
