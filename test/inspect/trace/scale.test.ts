import { describe, expect, it } from 'vitest';
import { severalOf } from '../../../src/inspect/trace/analysis/several.js';
import { printTracePage } from '../../../src/inspect/trace/render/html.js';
import { printTracesJson } from '../../../src/inspect/trace/render/json.js';
import { analysed, type GivenSpan } from './support.js';

/** Spans of one trace; what is quadratic in them would take minutes. */
const many = 10_000;
/** Microseconds of a processor; a tenth of it is usual. */
const deadline = 10e6;

const shapes: readonly (readonly [string, (index: number) => GivenSpan])[] = [
  [
    'a chain as long as the trace',
    (index) => ({
      id: `s${index}`,
      ...(index === 0 ? {} : { parent: `s${index - 1}` }),
      from: index / 100,
      to: 1000 - index / 100,
      error: true,
    }),
  ],
  [
    'one parent of all, in a row',
    (index) =>
      index === 0
        ? { id: 's0', from: 0, to: many }
        : {
            id: `s${index}`,
            parent: 's0',
            name: 'call',
            from: index,
            to: index + 0.5,
            attributes: { 'gen_ai.tool.name': 'search', 'gen_ai.tool.call.arguments': 'x' },
          },
  ],
  [
    'one parent of all, side by side',
    (index) =>
      index === 0
        ? { id: 's0', from: 0, to: 100 }
        : { id: `s${index}`, parent: 's0', from: 1, to: 99 - index / many },
  ],
  ['no parents at all', (index) => ({ id: `s${index}`, from: index, to: index + 1 })],
  [
    'one circle',
    (index) => ({ id: `s${index}`, parent: `s${(index + 1) % many}`, from: index, to: index + 1 }),
  ],
];

describe('large traces', () => {
  it.each(shapes)('of %s are worked through', (_, spanOf) => {
    const before = process.cpuUsage();
    const analysis = analysed(Array.from({ length: many }, (__, index) => spanOf(index)));
    const several = severalOf([analysis]);
    const json = printTracesJson(several, { currency: undefined, notes: [] });
    const page = printTracePage(several, { notes: [], currency: undefined });
    expect(analysis.trace.spans).toHaveLength(many);
    expect(json.length).toBeGreaterThan(many);
    // 5,000 rows at most, whatever the trace.
    expect(page.length).toBeLessThan(6_000_000);
    const { user, system } = process.cpuUsage(before);
    expect(user + system).toBeLessThan(deadline);
  });
});
