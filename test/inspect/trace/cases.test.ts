import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { painter } from '../../../src/diagnostics/render/style.js';
import { analyseTrace } from '../../../src/inspect/trace/analysis/analyse-trace.js';
import { severalOf } from '../../../src/inspect/trace/analysis/several.js';
import { conventionalVocabulary } from '../../../src/inspect/trace/analysis/vocabulary.js';
import { readBytes } from '../../../src/inspect/trace/read/bytes.js';
import { Intake } from '../../../src/inspect/trace/read/intake.js';
import { printTraces } from '../../../src/inspect/trace/render/pretty-several.js';
import { printTrace } from '../../../src/inspect/trace/render/pretty.js';
import { tracesOf } from '../../../src/inspect/trace/tree/build.js';
import { readPriceTable } from '../../../src/runtime/cost/price-table.js';

/**
 * A folder is a case: trace.jsonl, what is printed of it in expected.txt, and prices.json where costs are worked out.
 * `UPDATE=1 npx vitest run test/inspect/trace/cases.test.ts` writes the texts anew; read what it wrote.
 */
const folder = join(import.meta.dirname, 'cases');

function printed(path: string): string {
  const intake = new Intake(10_000);
  readBytes(readFileSync(join(path, 'trace.jsonl')), intake);
  const priceFile = join(path, 'prices.json');
  const prices = existsSync(priceFile)
    ? readPriceTable(JSON.parse(readFileSync(priceFile, 'utf8'))).table
    : undefined;
  const analyses = tracesOf({ spans: intake.spans, dateOf: intake.dateOf.bind(intake) }).map((trace) =>
    analyseTrace(trace, { words: conventionalVocabulary, leastGap: undefined, prices }),
  );
  const notes = intake.notes.map(({ text }) => text);
  const options = { paint: painter(false), columns: 100, rows: 40, currency: prices?.currency };
  const [only] = analyses;
  return analyses.length === 1 && only !== undefined
    ? printTrace(only, { ...options, notes })
    : printTraces(severalOf(analyses), notes, options);
}

describe('the report', () => {
  it.each(readdirSync(folder))('of %s', (name) => {
    const file = join(folder, name, 'expected.txt');
    const text = printed(join(folder, name));
    if (process.env['UPDATE'] === '1') writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });
});
