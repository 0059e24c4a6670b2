import { amountOf, picoCostOf } from '../../../runtime/cost/rates.js';
import type { PriceTable } from '../../../runtime/cost/price-table.js';
import { at, none, spanAt, type Trace } from '../tree/trace.js';
import { figureOf, type Vocabulary } from './vocabulary.js';
import type { Who } from './who.js';

/** What was used, as far as it was measured. */
export interface Used {
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly cost: number | undefined;
  /** The part of the cost that was worked out from tokens and a price table. */
  readonly estimated: number;
  /** Calls of a model with tokens that have no price, where there is a table. */
  readonly unpriced: number;
}

export interface UsageRow extends Used {
  /** Undefined where no span says whose it is. */
  readonly agent: string | undefined;
  readonly model: string | undefined;
}

/**
 * Tokens and cost by agent and model. A figure of a span whose children have figures of their own is taken for a sum over them: what it
 * says beyond theirs is added, and nothing twice. What an agent's run says of its own calls alone is not compared with agents below it.
 */
export function usageOf(
  trace: Trace,
  who: Who,
  words: Vocabulary,
  prices: PriceTable | undefined,
): readonly UsageRow[] {
  const input = contributions(trace, who, words, words.inputTokens);
  const output = contributions(trace, who, words, words.outputTokens);
  const { priced, unpriced } = pricesOf(trace, who, words, prices, { input, output });
  const cost = contributions(trace, who, words, words.cost, priced);
  const rows = new Map<string, UsageRow>();
  for (let span = 0; span < trace.spans.length; span++) {
    const used: Used = {
      inputTokens: input.get(span),
      outputTokens: output.get(span),
      cost: cost.get(span),
      estimated:
        figureOf(spanAt(trace, span).attributes, words.cost) === undefined ? (cost.get(span) ?? 0) : 0,
      unpriced: unpriced.has(span) ? 1 : 0,
    };
    if (used.inputTokens === undefined && used.outputTokens === undefined && used.cost === undefined)
      continue;
    // A run that called no model used nothing, and needs no row for it.
    if (who.model[span] === undefined && isNothing(used)) continue;
    const [agent, model] = [who.agent[span], who.model[span]];
    const key = JSON.stringify([agent ?? null, model ?? null]);
    const known = rows.get(key);
    rows.set(key, { agent, model, ...(known === undefined ? used : added(known, used)) });
  }
  return sortedUsage([...rows.values()]);
}

/** Most expensive first, then most tokens. */
export function sortedUsage(rows: readonly UsageRow[]): readonly UsageRow[] {
  const tokens = ({ inputTokens = 0, outputTokens = 0 }: Used): number => inputTokens + outputTokens;
  return [...rows].sort((a, b) => (b.cost ?? 0) - (a.cost ?? 0) || tokens(b) - tokens(a));
}

export function added(one: Used, other: Used): Used {
  return {
    inputTokens: sum(one.inputTokens, other.inputTokens),
    outputTokens: sum(one.outputTokens, other.outputTokens),
    cost: sum(one.cost, other.cost),
    estimated: one.estimated + other.estimated,
    unpriced: one.unpriced + other.unpriced,
  };
}

function isNothing({ inputTokens = 0, outputTokens = 0, cost = 0 }: Used): boolean {
  return inputTokens + outputTokens + cost === 0;
}

function sum(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined) return other;
  return one + (other ?? 0);
}

/** The part of a figure that is no difference. */
const rounding = 1e-9;

/** What each span adds to the sum of the trace; spans without a figure are not in it. */
function contributions(
  trace: Trace,
  { run }: Who,
  { ownOnly }: Vocabulary,
  names: readonly string[],
  otherwise?: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> {
  const { order, parent, spans } = trace;
  const below = new Float64Array(spans.length);
  /** The same without runs of agents further below. */
  const belowInRun = new Float64Array(spans.length);
  const measured = new Uint8Array(spans.length);
  const found = new Map<number, number>();
  for (let next = order.length - 1; next >= 0; next--) {
    const span = at(order, next);
    const said = figureOf(spanAt(trace, span).attributes, names);
    const figure = said?.value ?? (measured[span] === 0 ? otherwise?.get(span) : undefined);
    let all = at(below, span);
    let inRun = at(belowInRun, span);
    if (figure !== undefined) {
      const known = said !== undefined && ownOnly.has(said.name) ? inRun : all;
      const beyond = figure - known;
      // Sums of fractions differ in their last digits.
      const own = beyond > rounding * figure ? beyond : 0;
      // A sum over what is below adds nothing, and is no row of its own.
      if (own > 0 || measured[span] === 0) found.set(span, own);
      all += own;
      inRun += own;
      measured[span] = 1;
    }
    const above = at(parent, span);
    if (above === none) continue;
    below[above] = at(below, above) + all;
    if (at(run, span) === at(run, above)) belowInRun[above] = at(belowInRun, above) + inRun;
    if (measured[span] === 1) measured[above] = 1;
  }
  return found;
}

/** The price of each call of a model that says its tokens. */
function pricesOf(
  trace: Trace,
  who: Who,
  words: Vocabulary,
  prices: PriceTable | undefined,
  tokens: { readonly input: ReadonlyMap<number, number>; readonly output: ReadonlyMap<number, number> },
): { readonly priced: ReadonlyMap<number, number>; readonly unpriced: ReadonlySet<number> } {
  const priced = new Map<number, number>();
  const unpriced = new Set<number>();
  if (prices === undefined) return { priced, unpriced };
  for (const span of new Set([...tokens.input.keys(), ...tokens.output.keys()])) {
    const name = who.model[span];
    if (name === undefined) continue;
    const price = prices.find(name);
    if (price === undefined) {
      unpriced.add(span);
      continue;
    }
    const { attributes } = spanAt(trace, span);
    const input = tokens.input.get(span) ?? 0;
    // The conventions count cached tokens among those of the input.
    const cacheRead = Math.min(input, figureOf(attributes, words.cacheRead)?.value ?? 0);
    const cacheWrite = Math.min(input - cacheRead, figureOf(attributes, words.cacheWrite)?.value ?? 0);
    const usage = {
      input: input - cacheRead - cacheWrite,
      cacheRead,
      cacheWrite,
      output: tokens.output.get(span) ?? 0,
      reasoning: 0,
    };
    priced.set(span, amountOf(picoCostOf(price, usage)));
  }
  return { priced, unpriced };
}
