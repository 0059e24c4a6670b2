import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dropAccount, overflowAccount } from '../../../src/runtime/account.js';
import type { Account } from '../../../src/runtime/account.js';
import {
  closedLabel,
  labelledCounter,
  labelledGauge,
  labelledHistogram,
  openLabel,
  registeredLabel,
} from '../../../src/runtime/index.js';
import type { Label, RegisteredLabel } from '../../../src/runtime/index.js';
import { rowsOf } from '../../metrics/family.js';
import { generated } from './generated.js';
import { RowModel } from './row-model.js';
import type { LabelShape } from './row-model.js';
import { runs } from '../../support/long.js';

const shape: fc.Arbitrary<LabelShape> = fc.oneof(
  fc.constantFrom(1, 2, 7, 12, 13, 40, 95, 300).map((size) => ({
    kind: 'closed' as const,
    values: [
      '7',
      'true',
      'toString',
      'a\u2028b',
      ...Array.from({ length: size }, (_, index) => `v${String(index)}`),
    ].slice(0, size),
  })),
  fc.integer({ min: 1, max: 4 }).map((cap) => ({ kind: 'open' as const, cap })),
  fc.integer({ min: 1, max: 4 }).map((cap) => ({ kind: 'registered' as const, cap })),
);

const junk = fc.constantFrom<unknown>(
  undefined,
  null,
  {},
  [],
  ['v1'],
  Symbol('v1'),
  () => 'v1',
  NaN,
  10n,
  7,
  true,
  false,
  'nope',
  '',
  'constructor',
);
const word = fc.constantFrom(
  'a',
  'b',
  'c',
  'd',
  'e',
  '7',
  'true',
  '__other__',
  '__proto__',
  'x'.repeat(200),
  `a\u0000`,
  '"quoted"',
  '😀',
);

/** A value for a label: mostly one that it takes. */
function valueFor(label: LabelShape): fc.Arbitrary<unknown> {
  const good =
    label.kind === 'closed' ? fc.constantFrom(...label.values.slice(0, 4), ...label.values.slice(-3)) : word;
  return fc.oneof({ weight: 9, arbitrary: good }, { weight: 1, arbitrary: fc.oneof(junk, word) });
}

const amount = fc.oneof(
  { weight: 9, arbitrary: fc.nat(1000) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(NaN, Infinity, '1', null, -1, 2n) },
);

/** How many rows there can be; a spec has no greater budget than ten times as many series. */
function worstCase(labels: readonly LabelShape[]): number {
  return labels.reduce(
    (rows, label) => rows * (label.kind === 'closed' ? label.values.length : label.cap + 1),
    1,
  );
}

const scenario = fc
  .record({
    type: fc.constantFrom('counter' as const, 'gauge' as const, 'histogram' as const),
    labels: fc.array(shape, { minLength: 1, maxLength: 5 }).filter((all) => worstCase(all) <= 1_000_000),
  })
  .chain(({ type, labels }) =>
    fc.record({
      type: fc.constant(type),
      labels: fc.constant(labels),
      steps: fc.array(
        fc.record({
          what: fc.constantFrom(
            'update',
            'update',
            'update',
            'update',
            'bound',
            'remove',
            'register',
            'throw',
            'no object',
          ),
          values: fc.tuple(...labels.map(valueFor)),
          amount,
        }),
        { minLength: 1, maxLength: 60, size: 'max' },
      ),
    }),
  );

type Labels = Record<string, unknown>;
interface Updates {
  inc?: (of: Labels, amount: number) => void;
  set?: (of: Labels, amount: number) => void;
  observe?: (of: Labels, amount: number) => void;
  with(of: Labels): { inc?: (n: number) => void; set?: (n: number) => void; observe?: (n: number) => void };
  remove(of: Labels): void;
}

const updateOf = { counter: 'inc', gauge: 'set', histogram: 'observe' } as const;
const buckets = [1, 10, 500];

function spec(name: string, type: string, labels: readonly LabelShape[]): string {
  const key = (index: number): string => `${name}_l${String(index)}`;
  const bound = (label: LabelShape): string =>
    label.kind === 'closed'
      ? `values: ${JSON.stringify(label.values)}`
      : `cap: ${String(label.cap)}${label.kind === 'open' ? '' : ', registered: true'}`;
  const extra =
    type === 'histogram'
      ? `, buckets: ${JSON.stringify(buckets)}`
      : type === 'counter'
        ? ', init: false'
        : '';
  return `
version: 1
service: { name: rows, owner: team }
budgets: { seriesPerInstance: 10000000, seriesPerMetric: 10000000 }
labels:
${labels.map((label, index) => `  ${key(index)}: { description: One., as: w${String(index)}, ${bound(label)} }`).join('\n')}
metrics:
  ${name}: { type: ${type}, help: Rows., labels: [${labels.map((_, index) => key(index)).join(', ')}]${extra} }
`;
}

function twin(
  name: string,
  type: keyof typeof updateOf,
  labels: Readonly<Record<string, Label<unknown>>>,
): unknown {
  const definition = { name, help: 'Rows.', labels };
  if (type === 'counter') return labelledCounter(definition);
  return type === 'gauge' ? labelledGauge(definition) : labelledHistogram({ ...definition, buckets });
}

function twinLabel(key: string, label: LabelShape): Label<unknown> {
  if (label.kind === 'closed') return closedLabel({ key, values: label.values });
  return label.kind === 'open'
    ? openLabel({ key, cap: label.cap })
    : registeredLabel({ key, cap: label.cap });
}

function tallies(account: Account, name: string): Record<string, number> {
  const own = account.tallies().filter(({ metric }) => metric === name);
  return Object.fromEntries(own.map(({ detail, count }) => [detail, count]));
}

let made = 0;

describe('a row that the generated helper works out', () => {
  test('is the one that the runtime and a plain map of label sets have, for any labels and any values', () => {
    fc.assert(
      fc.property(scenario, ({ type, labels, steps }) => {
        const suffix = { counter: 'total', gauge: 'ratio', histogram: 'bytes' }[type];
        const name = `rows_${String((made += 1))}_${suffix}`;
        const helpers = generated(spec(name, type, labels));
        const written = Object.values(helpers.metrics)[0] as Updates;
        expect(Object.hasOwn(Object.getPrototypeOf(written) as object, 'row')).toBe(true);
        const wire = labels.map((_, index) => `w${String(index)}`);
        const twinLabels = labels.map((label, index) => twinLabel(`twin.${name}.${String(index)}`, label));
        const twinName = `twin_${name}`;
        const worked = twin(
          twinName,
          type,
          Object.fromEntries(wire.map((key, index) => [key, twinLabels[index] as Label<unknown>])),
        ) as Updates;
        const writtenLabels = wire.map((_, index) =>
          Object.values(helpers.labels).find(({ key }) => key === `${name}_l${String(index)}`),
        );
        const model = new RowModel(type, wire, labels, buckets);

        for (const { what, values, amount: given } of steps) {
          const of =
            what === 'no object'
              ? (values[0] as Labels)
              : Object.fromEntries(wire.map((key, index) => [key, values[index]]));
          if (what === 'throw') {
            Object.defineProperty(of, wire.at(-1) ?? '', {
              get() {
                throw new Error('no');
              },
            });
          }
          if (what === 'register') {
            [...writtenLabels, ...twinLabels].forEach((label) =>
              (label as Partial<RegisteredLabel>).register?.(['a', 'r', '"quoted"']),
            );
            model.register(['a', 'r', '"quoted"']);
            continue;
          }
          for (const metric of [written, worked]) {
            const update = updateOf[type];
            if (what === 'remove') metric.remove(of);
            else if (what === 'bound') metric.with(of)[update]?.(given as number);
            else metric[update]?.(of, given as number);
          }
          if (what === 'remove') model.remove(of);
          else model.update(of, given);
        }

        for (const each of [name, twinName]) {
          expect(rowsOf(each)).toEqual(model.rows);
          expect(tallies(dropAccount, each)).toEqual(model.drops);
          expect(tallies(overflowAccount, each)).toEqual(model.overflows);
        }
      }),
      { numRuns: runs(120) },
    );
  });
});
