// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { rateOf, tokenClasses } from './rates.js';
import type { ModelPrice, Rates, Tier, TokenClass } from './rates.js';

/** What tokens cost, by model. */
export interface PriceTable {
  /** ISO 4217 code. */
  readonly currency: string;
  /** When the prices were last brought up to date, in seconds since 1970. */
  readonly updated: number | undefined;
  readonly models: number;
  /** The price of a model, by its name, another name of it, or its name with a date behind it. */
  find(model: string): ModelPrice | undefined;
}

/** A table, or why there is none; notes say what of it is not in force. */
export interface ReadTable {
  readonly table: PriceTable | undefined;
  readonly notes: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

const currencyPattern = /^[A-Z]{3}$/;
/** Versions of a model: `-2026-05-13`, `-20260513`, `@20260513`, `-latest`. */
const versionSuffix = /(?:[-@]\d{4}-?\d{2}-?\d{2}|[-@]latest)$/;
const highestPrice = 1e6;
const mostModels = 10_000;
const mostNotes = 20;

const spellings: Readonly<Record<string, TokenClass>> = {
  input: 'input',
  output: 'output',
  cacheRead: 'cacheRead',
  cache_read: 'cacheRead',
  cacheWrite: 'cacheWrite',
  cache_write: 'cacheWrite',
  reasoning: 'reasoning',
};

/**
 * Reads the JSON of a price file. Prices are per million tokens:
 * `{ "currency": "USD", "updated": "2026-09-01", "perMillionTokens": { "model": { "input": 2.5, "output": 10, "cacheRead": 0.25,
 * "cacheWrite": 3, "reasoning": 10, "tiers": [{ "above": 200000, "input": 5, "output": 20 }] } }, "aliases": { "name": "model" } }`.
 * A cached token without a price costs what an input token costs, one of reasoning what an output token does. A name that ends in `*`
 * stands for all that begin so. A row with a mistake is left out and noted; a file without any row that can be used is refused.
 */
export function readPriceTable(json: unknown): ReadTable {
  const notes: string[] = [];
  const note = (text: string): void => {
    if (notes.length < mostNotes) notes.push(text);
  };
  const file = fieldsOf(json);
  const rows = fieldsOf(file?.['perMillionTokens']);
  if (file === undefined || rows === undefined) {
    return { table: undefined, notes: ['`perMillionTokens` is missing: it holds the prices by model'] };
  }
  const { currency = 'USD', updated } = file;
  if (typeof currency !== 'string' || !currencyPattern.test(currency)) {
    return { table: undefined, notes: ['`currency` is no ISO 4217 code such as USD'] };
  }
  const seconds = typeof updated === 'string' ? Date.parse(updated) / 1000 : Number.NaN;
  if (!Number.isFinite(seconds))
    note('`updated` is no date such as 2026-09-01: the age of the prices is not known');
  const prices = new Map<string, ModelPrice>();
  for (const [model, row] of Object.entries(rows)) {
    if (prices.size >= mostModels) {
      note(`only the first ${mostModels} models are read`);
      break;
    }
    try {
      prices.set(model, readRow(row));
    } catch (mistake) {
      note(`${model}: ${mistake instanceof Error ? mistake.message : String(mistake)}`);
    }
  }
  if (prices.size === 0) return { table: undefined, notes: [...notes, 'no model has a price'] };
  const aliases = readAliases(file['aliases'], prices, note);
  return {
    table: {
      currency,
      updated: Number.isFinite(seconds) ? seconds : undefined,
      models: prices.size,
      find: finder(prices, aliases),
    },
    notes,
  };
}

/** Looks for the exact name, an alias, the longest prefix, and then for the same without a date behind it. */
function finder(
  prices: ReadonlyMap<string, ModelPrice>,
  aliases: ReadonlyMap<string, string>,
): PriceTable['find'] {
  const prefixes = [...prices]
    .filter(([name]) => name.endsWith('*'))
    .map(([name, price]) => [name.slice(0, -1), price] as const)
    .sort(([left], [right]) => right.length - left.length);
  const find = (model: string): ModelPrice | undefined =>
    prices.get(aliases.get(model) ?? model) ?? prefixes.find(([prefix]) => model.startsWith(prefix))?.[1];
  return (model) => {
    if (model.length > 200) return undefined;
    const found = find(model);
    if (found !== undefined) return found;
    const undated = model.replace(versionSuffix, '');
    return undated === model ? undefined : find(undated);
  };
}

function readRow(row: unknown): ModelPrice {
  const fields = fieldsOf(row);
  if (fields === undefined) throw new Error('is no object of prices');
  const { tiers = [], ...own } = fields;
  if (!Array.isArray(tiers)) throw new Error('`tiers` is no list');
  return {
    rates: readRates(own),
    tiers: (tiers as readonly unknown[])
      .map((each): Tier => {
        const { above, ...prices } = fieldsOf(each) ?? {};
        if (typeof above !== 'number' || !(above > 0))
          throw new Error('a tier has no `above`, a number of input tokens');
        // What a tier does not name costs what it costs below it.
        return { above, rates: readRates({ ...own, ...prices }) };
      })
      .sort((left, right) => right.above - left.above),
  };
}

function readRates(fields: Fields): Rates {
  const rates: Partial<Record<TokenClass, number>> = {};
  for (const [name, price] of Object.entries(fields)) {
    const tokenClass = Object.prototype.hasOwnProperty.call(spellings, name) ? spellings[name] : undefined;
    if (tokenClass === undefined) throw new Error(`\`${name}\` is none of ${tokenClasses.join(', ')}, tiers`);
    if (typeof price !== 'number' || !(price >= 0 && price <= highestPrice))
      throw new Error(`\`${name}\` is no price between 0 and ${highestPrice} per million tokens`);
    if (price > 0 && rateOf(price) === 0) throw new Error(`\`${name}\` is below 0.000001 per million tokens`);
    rates[tokenClass] = rateOf(price);
  }
  const { input, output } = rates;
  if (input === undefined) throw new Error('`input` is missing');
  // Models of embeddings have no output.
  return {
    input,
    output: output ?? 0,
    cacheRead: input,
    cacheWrite: input,
    reasoning: output ?? 0,
    ...rates,
  };
}

function readAliases(
  json: unknown,
  prices: ReadonlyMap<string, ModelPrice>,
  note: (text: string) => void,
): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>();
  if (json === undefined) return aliases;
  const fields = fieldsOf(json);
  if (fields === undefined) note('`aliases` is no object of names');
  for (const [name, model] of Object.entries(fields ?? {})) {
    if (typeof model === 'string' && prices.has(model)) aliases.set(name, model);
    else note(`aliases: ${name} stands for a model that has no price`);
  }
  return aliases;
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}
