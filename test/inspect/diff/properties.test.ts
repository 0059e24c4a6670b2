import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { brokenClasses } from '../../../src/inspect/diff/change.js';
import { foldersIn } from '../../support/directory.js';
import { isLong } from '../../support/long.js';
import { differenceOf } from './support.js';

const pairs = join(import.meta.dirname, 'pairs');
const base = readFileSync(join(pairs, 'same', 'old.yaml'), 'utf8');
const specs = foldersIn(pairs).map((name) => readFileSync(join(pairs, name, 'new.yaml'), 'utf8'));

type Tree = { [key: string]: unknown };

/** A tree with the keys of its maps in another order; the order of lists may mean something. */
function shuffled(value: unknown, order: readonly number[]): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, order));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value as Tree);
  const keyed = entries.map(
    ([key, item], index) => [order[index % order.length] ?? 0, index, key, item] as const,
  );
  keyed.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return Object.fromEntries(keyed.map(([, , key, item]) => [key, shuffled(item, order)]));
}

describe('formatting', () => {
  it('and the order of keys are never a change', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...specs),
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 5, maxLength: 40 }),
        fc.constantFrom(20, 80, 200),
        fc.boolean(),
        (spec, order, lineWidth, isFlow) => {
          const tree = shuffled(parse(spec), order);
          const text = stringify(tree, { lineWidth, collectionStyle: isFlow ? 'flow' : 'any' });
          const commented = isFlow ? text : text.replace(/\n(?=\w)/g, '\n# a comment\n');
          expect(differenceOf(spec, commented).changes).toEqual([]);
          expect(differenceOf(commented, spec).changes).toEqual([]);
        },
      ),
      { numRuns: isLong ? 300 : 40 },
    );
  });
});

/** The parts of the spec that are edited, as they stand in it. */
interface SpecTree {
  readonly metrics: Record<
    string,
    { help: string; readonly type: string; readonly labels?: string[]; readonly buckets?: number[] }
  >;
  readonly labels: Record<string, { readonly description: string; readonly values?: string[]; cap?: number }>;
  readonly spans: Record<string, { readonly attributes: Record<string, object> }>;
  readonly logs: { readonly events: Record<string, { readonly fields: Record<string, string> }> };
  readonly alerts: Record<string, { for?: string }>;
  readonly slos: Record<string, { objective: number }>;
}

function entry<T>(map: Readonly<Record<string, T>>, name: string): T {
  const found = map[name];
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

/** One edit of the spec that means something, and where it has to be found with which broken classes. */
interface Mutation {
  readonly edit: (tree: SpecTree, pick: number) => string;
  readonly broken: string;
}

const pickOf = (map: object, pick: number): string => Object.keys(map)[pick % Object.keys(map).length] ?? '';

const mutations: Readonly<Record<string, Mutation>> = {
  'a metric more': {
    edit: (tree, pick) => {
      tree.metrics[`shop_fresh${pick}_total`] = { type: 'counter', help: 'Fresh.', labels: ['agent'] };
      return `metrics.shop_fresh${pick}_total`;
    },
    broken: '',
  },
  'a metric that nothing reads less': {
    edit: (tree) => {
      Reflect.deleteProperty(tree.metrics, 'shop_extra_total');
      return 'metrics.shop_extra_total';
    },
    broken: 'CODE SERIES QUERY',
  },
  'another help': {
    edit: (tree, pick) => {
      const name = pickOf(tree.metrics, pick);
      entry(tree.metrics, name).help = `Help ${pick}.`;
      return `metrics.${name}.help`;
    },
    broken: '',
  },
  'a value more': {
    edit: (tree, pick) => {
      entry(tree.labels, 'outcome').values?.push(`fresh_${pick}`);
      return 'labels.outcome.values';
    },
    broken: '',
  },
  'a lower cap': {
    edit: (tree, pick) => {
      const key = ['agent', 'tool'][pick % 2] ?? '';
      const label = entry(tree.labels, key);
      label.cap = (label.cap ?? 0) - 1 - (pick % 5);
      return `labels.${key}.cap`;
    },
    broken: 'SERIES QUERY',
  },
  'a higher cap': {
    edit: (tree, pick) => {
      const key = ['agent', 'tool'][pick % 2] ?? '';
      const label = entry(tree.labels, key);
      label.cap = (label.cap ?? 0) + 1 + (pick % 50);
      return `labels.${key}.cap`;
    },
    broken: '',
  },
  'a label more on a metric': {
    edit: (tree) => {
      entry(tree.metrics, 'shop_extra_total').labels?.push('tool');
      return 'metrics.shop_extra_total.labels';
    },
    broken: 'CODE SERIES QUERY',
  },
  'another bucket': {
    edit: (tree, pick) => {
      entry(tree.metrics, 'shop_run_duration_seconds').buckets?.push(9 + pick);
      return 'metrics.shop_run_duration_seconds.buckets';
    },
    broken: '',
  },
  'an alert less': {
    edit: (tree, pick) => {
      const name = pickOf(tree.alerts, pick);
      Reflect.deleteProperty(tree.alerts, name);
      return `alerts.${name}`;
    },
    broken: 'ALERT',
  },
  'an alert that waits longer': {
    edit: (tree, pick) => {
      const name = pickOf(tree.alerts, pick);
      entry(tree.alerts, name).for = `${31 + pick}m`;
      return `alerts.${name}.for`;
    },
    broken: 'ALERT',
  },
  'a lower objective': {
    edit: (tree, pick) => {
      const name = pickOf(tree.slos, pick);
      entry(tree.slos, name).objective -= 1 + (pick % 20);
      return `slos.${name}.objective`;
    },
    broken: 'ALERT',
  },
  'a higher objective': {
    edit: (tree, pick) => {
      const name = pickOf(tree.slos, pick);
      entry(tree.slos, name).objective += 0.5;
      return `slos.${name}.objective`;
    },
    broken: '',
  },
  'a field more': {
    edit: (tree, pick) => {
      entry(tree.logs.events, 'run.accepted').fields[`fresh_${pick}`] = 'string';
      return `logs.events.run.accepted.fields.fresh_${pick}`;
    },
    broken: 'CODE',
  },
  'an optional attribute more': {
    edit: (tree, pick) => {
      entry(tree.spans, 'shop.run').attributes[`fresh.x${pick}`] = { type: 'string' };
      return `spans.shop.run.attributes.fresh.x${pick}`;
    },
    broken: '',
  },
};

describe('one change', () => {
  const rich = base.replace(
    '  shop_queue_depth:',
    '  shop_extra_total: { type: counter, help: Extra., labels: [agent] }\n  shop_queue_depth:',
  );

  it('is found where it is, with its classes, and nothing else is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(mutations)), fc.nat(1000), (name, pick) => {
        const mutation = mutations[name];
        if (mutation === undefined) throw new Error(`there is no mutation ${name}`);
        const tree = parse(rich) as SpecTree;
        const at = mutation.edit(tree, pick);
        const { changes } = differenceOf(rich, stringify(tree));
        expect(changes.map((change) => change.at)).toEqual([at]);
        expect(changes.flatMap(brokenClasses).join(' ')).toBe(mutation.broken);
      }),
      { numRuns: isLong ? 1000 : 100 },
    );
  });
});
