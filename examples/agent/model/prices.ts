import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleFolder } from '../paths.js';
import type { Usage } from './completion.js';

interface Price {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
}

/** What tokens cost. */
export interface PriceTable {
  /** Seconds since 1970. */
  readonly updated: number;
  /** The cost of a call in USD; undefined where the table does not know the model, which is not the same as free. */
  costOf(model: string, usage: Usage): number | undefined;
}

interface PriceFile {
  readonly updated: string;
  readonly perMillionTokens: Readonly<Record<string, Price>>;
}

/** Reads the price table. */
export function readPrices(path = join(exampleFolder, 'prices.json')): PriceTable {
  const file = JSON.parse(readFileSync(path, 'utf8')) as PriceFile;
  const prices = new Map(Object.entries(file.perMillionTokens));
  return {
    updated: Date.parse(file.updated) / 1000,
    costOf(model, usage) {
      const price = prices.get(model);
      if (price === undefined) return undefined;
      const fresh = usage.input - usage.cached;
      return (fresh * price.input + usage.cached * price.cacheRead + usage.output * price.output) / 1e6;
    },
  };
}
