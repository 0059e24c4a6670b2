// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { AbortSignalLike } from '../traces/span.js';
import { amountOf, picoOf } from './rates.js';

/** What a run may use; what is not named is not limited. */
export interface BudgetLimits {
  /** Money, in the currency of the prices. */
  readonly usd?: number | undefined;
  readonly tokens?: number | undefined;
  /** Turns of the loop. */
  readonly steps?: number | undefined;
}

/** What was used. */
export type Spending = BudgetLimits;

/** A limit that was exceeded. */
export type ExceededLimit = 'usd' | 'tokens' | 'steps';

/** Raised by the signal of a budget. */
export class BudgetExceededError extends Error {
  override readonly name = 'BudgetExceededError';
  readonly limit: ExceededLimit;

  constructor(limit: ExceededLimit, allowed: number) {
    super(`the budget of ${allowed} ${limit} is exceeded`);
    this.limit = limit;
  }
}

/** The budget of a run. */
export interface Budget {
  readonly limits: BudgetLimits;
  /** What was used so far. */
  readonly spent: { readonly usd: number; readonly tokens: number; readonly steps: number };
  /** The first limit that was exceeded; what is exactly at a limit is within it. */
  readonly exceeded: ExceededLimit | undefined;
  /** Aborts when a limit is exceeded, with a BudgetExceededError as its reason: hand it to calls that are to stop then. */
  readonly signal: HostAbortSignal;
  /** Uses some of it; returns whether the budget still holds. */
  spend(spending: Spending): boolean;
}

/** The program's own AbortSignal, where its types are known, so that a budget's can be handed to anything that takes one. */
export type HostAbortSignal = typeof globalThis extends {
  readonly AbortSignal: { readonly prototype: infer S };
}
  ? S
  : AbortSignalLike;

interface Controller {
  readonly signal: HostAbortSignal;
  abort(reason: unknown): void;
}

const host = globalThis as unknown as { readonly AbortController: new () => Controller };

/** Makes the budget of a run. Money is summed as integers, so that a thousand small amounts are what they should be. */
export function createBudget(limits: BudgetLimits): Budget {
  const controller = new host.AbortController();
  const used = { pico: 0, tokens: 0, steps: 0 };
  let exceeded: ExceededLimit | undefined;

  const check = (limit: ExceededLimit, amount: number, allowed: number | undefined): void => {
    if (exceeded !== undefined || allowed === undefined || amount <= allowed) return;
    exceeded = limit;
    controller.abort(new BudgetExceededError(limit, limits[limit] ?? 0));
  };

  return {
    limits,
    signal: controller.signal,
    get spent() {
      return { usd: amountOf(used.pico), tokens: used.tokens, steps: used.steps };
    },
    get exceeded() {
      return exceeded;
    },
    spend({ usd, tokens, steps }) {
      used.pico += picoOf(positive(usd));
      used.tokens += positive(tokens);
      used.steps += positive(steps);
      check('usd', used.pico, limits.usd === undefined ? undefined : picoOf(limits.usd));
      check('tokens', used.tokens, limits.tokens);
      check('steps', used.steps, limits.steps);
      return exceeded === undefined;
    },
  };
}

/** Nothing is ever given back, and nothing that is no number spoils the sum. */
function positive(amount: number | undefined): number {
  return amount !== undefined && Number.isFinite(amount) && amount > 0 ? amount : 0;
}
