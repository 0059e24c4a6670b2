import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { FamilyPage, familyPage } from '../../src/runtime/exposition/family-page.js';
import { pageForm } from '../../src/runtime/exposition/page-form.js';
import { families } from '../../src/runtime/exposition/registry.js';
import { RowChanges } from '../../src/runtime/exposition/row-changes.js';
import {
  closedLabel,
  labelledCounter,
  labelledGauge,
  labelledHistogram,
  openLabel,
} from '../../src/runtime/index.js';
import type { Family } from '../../src/runtime/metrics/family.js';

const tool = openLabel({ key: 'inc.tool', cap: 2000 });
const user = openLabel({ key: 'inc.user', cap: 2000 });
const outcome = closedLabel({ key: 'inc.outcome', values: ['ok', 'failed'] });
const buckets = [0.1, 1, 10];
const dense = { tool, outcome };
const sparse = { tool, user };

const metrics = {
  'a counter with a row for each combination': labelledCounter({
    name: 'inc_dense_total',
    help: 'H.',
    labels: dense,
  }),
  'a counter with rows as they occur': labelledCounter({
    name: 'inc_sparse_total',
    help: 'H.',
    labels: sparse,
  }),
  'a gauge': labelledGauge({ name: 'inc_depth', help: 'H.', labels: dense }),
  'a histogram': labelledHistogram({ name: 'inc_seconds', help: 'H.', labels: dense, buckets }),
  'a histogram with rows as they occur': labelledHistogram({
    ...{ name: 'inc_sparse_seconds', help: 'H.', labels: sparse, buckets },
  }),
  // Rows that were not used for a time are freed, and their places go to other labels.
  'a counter whose rows expire': labelledCounter({
    ...{ name: 'inc_expiring_total', help: 'H.', labels: sparse, expireAfterSeconds: 10 },
  }),
  'a histogram whose rows expire': labelledHistogram({
    ...{ name: 'inc_expiring_seconds', help: 'H.', labels: sparse, buckets, expireAfterSeconds: 10 },
  }),
};

const forms = {
  text: pageForm(false),
  openMetrics: pageForm(true),
  labelled: pageForm(false, [['region', 'eu']]),
};

interface Step {
  readonly what: 'update' | 'remove' | 'reset' | 'wait' | keyof typeof forms;
  readonly tool: number;
  readonly user: number;
  readonly value: number;
}

const rareSteps: Step['what'][] = ['remove', 'wait', 'text', 'openMetrics', 'labelled'];
const steps = fc.array(
  fc.record({
    what: fc.oneof(
      { weight: 40, arbitrary: fc.constant<Step['what']>('update') },
      { weight: 10, arbitrary: fc.constant<Step['what']>('text') },
      { weight: 12, arbitrary: fc.constantFrom<Step['what']>(...rareSteps) },
      { weight: 1, arbitrary: fc.constant<Step['what']>('reset') },
    ),
    tool: fc.oneof(fc.nat({ max: 4 }), fc.nat({ max: 600 })),
    user: fc.nat({ max: 3 }),
    value: fc.oneof(
      fc.nat({ max: 3 }),
      fc.constantFrom(9, 90, 99, 1e6),
      fc.double({ noNaN: true, min: 0, max: 1e9 }),
    ),
  }),
  { minLength: 40, maxLength: 120, size: 'max' },
);

function render(page: FamilyPage): string {
  const blocks = page.begin();
  for (let index = 0; index < blocks; index += 1) page.update(index);
  const parts = [page.header];
  page.forEachBlock(({ bytes, length }) => parts.push(bytes.slice(0, length)));
  expect(parts.slice(1).reduce((sum, part) => sum + part.length, 0)).toBe(page.sampleBytes);
  return Buffer.concat(parts).toString();
}

/** Borrows the blocks of a page as a slow client does; returns a function that gives them back and checks that they are as they were. */
function borrow(page: FamilyPage): () => void {
  const checks: (() => void)[] = [];
  page.forEachBlock((text) => {
    text.borrowers += 1;
    const lent = text.bytes.subarray(0, text.length);
    const copy = lent.slice();
    checks.push(() => {
      text.borrowers -= 1;
      expect(Buffer.compare(lent, copy)).toBe(0);
    });
  });
  return () => {
    for (const check of checks) check();
  };
}

function familyOf(index: number): Family {
  const found = families().filter(({ name }) => name.startsWith('inc_'))[index];
  if (found === undefined) throw new Error('no family');
  return found;
}

function apply(index: number, { what, tool: number, user: other, value }: Step): void {
  const metric = Object.values(metrics)[index];
  const labels = {
    tool: `tool-${number}`,
    user: `user-${other}`,
    outcome: other % 2 === 0 ? 'ok' : 'failed',
  } as const;
  if (metric === undefined) throw new Error('no metric');
  if (what === 'remove') metric.remove(labels);
  else if ('observe' in metric && 'startTimer' in metric) metric.observe(labels, value);
  else if ('set' in metric) metric.set(labels, value - 1e8);
  else if ('inc' in metric) metric.inc(labels, value);
}

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});

afterAll(() => {
  vi.useRealTimers();
});

describe('a page that follows its metric is the page written anew, for', () => {
  test.each(Object.keys(metrics).map((name, index) => [name, index] as const))('%s', (_, index) => {
    const family = familyOf(index);
    fc.assert(
      fc.property(steps, (all) => {
        let giveBack = (): void => undefined;
        for (const step of all) {
          if (step.what === 'reset') family.reset();
          else if (step.what === 'wait') vi.advanceTimersByTime(4000);
          else if (step.what === 'update' || step.what === 'remove') apply(index, step);
          else {
            family.refresh();
            const form = forms[step.what];
            const page = familyPage(family, form);
            expect(render(page)).toBe(render(new FamilyPage(family, form, new RowChanges())));
            giveBack();
            giveBack = step.user % 2 === 0 ? borrow(page) : (): void => undefined;
          }
        }
        giveBack();
      }),
      { numRuns: 150 },
    );
    const lines = render(familyPage(family, forms.text)).split('\n');
    expect(lines.length).toBeGreaterThan(2);
  });
});

test('a page that could not be finished is whole the next time', () => {
  const family = familyOf(3);
  family.reset();
  for (let tool = 0; tool < 200; tool += 1) apply(3, { what: 'update', tool, user: 0, value: 1 });
  const form = forms.openMetrics;
  let fails = false;
  const failing = Object.create(family, {
    hasExemplars: { value: true },
    exemplar: {
      value: () => {
        if (fails) throw new Error('no');
      },
    },
  }) as Family;
  render(familyPage(failing, form));
  for (let tool = 0; tool < 200; tool += 7) apply(3, { what: 'update', tool, user: 0, value: 1e7 });
  fails = true;
  expect(() => render(familyPage(failing, form))).toThrow('no');
  fails = false;
  expect(render(familyPage(failing, form))).toBe(render(new FamilyPage(family, form, new RowChanges())));
});
