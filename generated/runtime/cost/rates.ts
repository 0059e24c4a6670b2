// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { inputTokens } from './usage.js';
import type { Usage } from './usage.js';

/** The classes of tokens that have prices. */
export const tokenClasses = ['input', 'cacheRead', 'cacheWrite', 'output', 'reasoning'] as const;

export type TokenClass = (typeof tokenClasses)[number];

/**
 * What one token costs, by class, in picounits of the currency (1e-12). A price per million tokens has at most six decimals, so that
 * this is an integer, and what a call costs is exact up to 9,000 units of the currency.
 */
export type Rates = Readonly<Record<TokenClass, number>>;

/** Rates of calls whose input is larger than so many tokens. */
export interface Tier {
  readonly above: number;
  readonly rates: Rates;
}

/** The prices of a model. */
export interface ModelPrice {
  readonly rates: Rates;
  /** Highest bound first. */
  readonly tiers: readonly Tier[];
}

const picoPerUnit = 1e12;

/** The rate of a price per million tokens. */
export function rateOf(pricePerMillion: number): number {
  return Math.round(pricePerMillion * 1e6);
}

/** What tokens cost, in picounits. */
export function picoCostOf(price: ModelPrice, usage: Usage): number {
  const input = inputTokens(usage);
  const { rates } = price.tiers.find(({ above }) => input > above) ?? price;
  return tokenClasses.reduce((sum, each) => sum + usage[each] * rates[each], 0);
}

/** Picounits as an amount of the currency. */
export function amountOf(pico: number): number {
  return pico / picoPerUnit;
}

/** An amount of the currency in picounits. */
export function picoOf(amount: number): number {
  return Math.round(amount * picoPerUnit);
}
