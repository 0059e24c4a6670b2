import { diag, DiagLogLevel } from '@opentelemetry/api';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { Announcer } from '../../src/runtime/aggregate/announcer.js';
import {
  bytesOf,
  snapshotMessage,
  type SnapshotMessage,
} from '../../src/runtime/aggregate/cluster-messages.js';
import { Member } from '../../src/runtime/aggregate/member.js';
import { Merge } from '../../src/runtime/aggregate/merge.js';
import { memoriesOf, SnapshotWriter } from '../../src/runtime/aggregate/snapshot.js';
import { rowState, updated, type Aggregate, type Family } from '../../src/runtime/metrics/family.js';
import { LabelTable } from '../../src/runtime/metrics/label-table.js';
import { MetricStore } from '../../src/runtime/metrics/store.js';
import { runs } from '../support/long.js';

/** What only has to be said where a test is about it. */
interface Options {
  readonly name?: string;
  readonly type?: Family['type'];
  readonly aggregate?: Aggregate;
  readonly labels?: readonly string[];
  readonly cap?: number;
  readonly bounds?: readonly number[];
}

/** A metric of a process of its own: its store, with label tables that nobody else has. */
function store({
  name = 'm',
  type = 'counter',
  aggregate = 'sum',
  labels = ['a', 'b'],
  cap = 1000,
  bounds = [],
}: Options): MetricStore {
  return new MetricStore({
    ...{
      name,
      help: 'Help.',
      type,
      aggregate,
      bounds,
      exemplars: false,
      initialised: false,
      sparse: labels.length > 1,
    },
    labels: labels.map((label) => [label, new LabelTable(label, label, 'open', cap, [])]),
    expireAfterSeconds: undefined,
    beforeFirst: () => undefined,
  });
}

/** Changes cells of a row as updates do. */
function change(
  metric: MetricStore,
  labels: readonly string[],
  by: (before: number, cell: number) => number,
): void {
  const row = metric.locate(labels);
  metric.reserve(row);
  for (let cell = 0; cell < metric.width; cell += 1) {
    const index = row * metric.width + cell;
    metric.cells[index] = by(metric.cells[index] ?? 0, cell);
  }
  metric.state[row] = updated;
}

/** How a member's metrics get to where they are merged. */
interface Transport {
  /** Brings what is known there up to date. */
  tell(): void;
}

/** As processes do: through the text of a message. */
function byMessage(member: Member, metric: MetricStore): Transport {
  const writer = new SnapshotWriter();
  return {
    tell() {
      const message = JSON.parse(
        JSON.stringify(snapshotMessage(writer.write([metric]), false)),
      ) as SnapshotMessage;
      if (message.isFirst) member.forget();
      member.note(message.news);
      const families = member.families();
      const widths = families.map(({ width }) => width);
      const memories = memoriesOf({ rowCounts: message.rowCounts, bytes: bytesOf(message) }, widths);
      families.forEach((family, index) => (family.memory = memories[index] ?? family.memory));
    },
  };
}

/** As threads do: the numbers are read where they are. */
function byMemory(member: Member, metric: MetricStore): Transport {
  const announcer = new Announcer();
  return {
    tell() {
      member.note(announcer.news([metric]).map((news) => ({ ...news, memory: metric })));
    },
  };
}

/** The values on the page by label set, as JSON. */
function shown(families: readonly Family[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const { rowCount, state, cells, width, labelValues } of families.map((family) => ({
    ...{ rowCount: family.rowCount, state: family.state, cells: family.cells, width: family.width },
    labelValues: (row: number) => family.labelValues(row),
  }))) {
    for (let row = 0; row < rowCount; row += 1) {
      if (((state[row] ?? 0) & rowState.live) === 0) continue;
      const key = JSON.stringify(labelValues(row));
      expect(found.has(key), `${key} twice`).toBe(false);
      found.set(key, Array.from(cells.subarray(row * width, (row + 1) * width)));
    }
  }
  return found;
}

/** Values whose texts joined together would be the same for different label sets. */
const value = fc.constantFrom(
  '',
  'a',
  'b',
  'a,b',
  ',',
  '"',
  '\\',
  'a"',
  '|',
  ':',
  '😀',
  '__proto__',
  'a,',
  ',b',
);

type Step =
  | {
      readonly kind: 'count';
      readonly member: number;
      readonly labels: readonly string[];
      readonly cell: number;
      readonly by: number;
    }
  | { readonly kind: 'page' }
  | { readonly kind: 'end' | 'start'; readonly member: number };

const member = fc.nat({ max: 3 });
const steps = (labelCount: number): fc.Arbitrary<Step[]> => {
  const labels = fc.array(value, { minLength: labelCount, maxLength: labelCount });
  return fc.array(
    fc.oneof(
      {
        weight: 8,
        arbitrary: fc.record({
          kind: fc.constant('count' as const),
          member,
          labels,
          cell: fc.nat({ max: 3 }),
          by: fc.nat({ max: 9 }),
        }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('page' as const) }) },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constantFrom('end' as const, 'start' as const), member }),
      },
    ),
    { maxLength: 120 },
  );
};

interface Running {
  readonly metric: MetricStore;
  readonly member: Member;
  readonly transport: Transport;
}

/** Members that start, count and end, and what they have counted by then, added up naively. */
class World {
  readonly merge = new Merge();
  readonly totals = new Map<string, number[]>();
  readonly #running = new Map<number, Running>();
  readonly #options: Options;
  readonly #transport: (member: Member, metric: MetricStore) => Transport;

  constructor(options: Options, transport: (member: Member, metric: MetricStore) => Transport) {
    this.#options = options;
    this.#transport = transport;
  }

  do(step: Step): void {
    switch (step.kind) {
      case 'count':
        this.#count(step.member, step.labels, step.cell, step.by);
        return;
      case 'page':
        this.page();
        return;
      case 'end': {
        const running = this.#running.get(step.member);
        running?.transport.tell();
        running?.member.end();
        this.#running.delete(step.member);
        return;
      }
      case 'start':
        this.#start(step.member);
    }
  }

  page(): Map<string, number[]> {
    for (const { transport } of this.#running.values()) transport.tell();
    return shown(this.merge.run());
  }

  #start(index: number): Running {
    const known = this.#running.get(index);
    if (known !== undefined) return known;
    const metric = store(this.#options);
    const made = new Member(this.merge);
    const running = { metric, member: made, transport: this.#transport(made, metric) };
    this.#running.set(index, running);
    return running;
  }

  #count(index: number, labels: readonly string[], cell: number, by: number): void {
    const { metric } = this.#start(index);
    change(metric, labels, (before, each) => before + (each === cell % metric.width ? by : 0));
    const key = JSON.stringify(labels);
    const total = this.totals.get(key) ?? Array.from({ length: metric.width }, () => 0);
    total[cell % metric.width] = (total[cell % metric.width] ?? 0) + by;
    this.totals.set(key, total);
  }
}

afterEach(() => {
  diag.disable();
});

test.each([
  ['messages', 'a counter', byMessage, { labels: ['a', 'b', 'c'] }],
  ['memory', 'a counter', byMemory, { labels: ['a', 'b', 'c'] }],
  ['messages', 'a histogram', byMessage, { type: 'histogram', bounds: [1, 2], labels: ['a'] }],
  ['memory', 'a histogram', byMemory, { type: 'histogram', bounds: [1, 2], labels: ['a', 'b'] }],
  ['messages', 'a counter without labels', byMessage, { labels: [] }],
] as const)(
  'by %s, %s of members that come and go is the sum of all that was ever counted',
  (_, __, transport, options) => {
    fc.assert(
      fc.property(steps(options.labels.length), (all) => {
        const world = new World(options, transport);
        for (const step of all) world.do(step);
        expect(new Map([...world.page()].sort())).toEqual(new Map([...world.totals].sort()));
      }),
      { numRuns: runs(200) },
    );
  },
);

test.each([byMessage, byMemory])(
  'a cap holds after the merge, what is shown never goes down, and the total is exact',
  (transport) => {
    fc.assert(
      fc.property(steps(2), fc.integer({ min: 1, max: 4 }), (all, cap) => {
        const world = new World({ cap }, transport);
        let before = new Map<string, number[]>();
        for (const step of all) {
          world.do(step);
          if (step.kind !== 'page') continue;
          const now = world.page();
          for (const [key, [count = 0]] of before)
            expect(now.get(key)?.[0], key).toBeGreaterThanOrEqual(count);
          before = now;
        }
        const page = world.page();
        for (const label of [0, 1]) {
          const values = new Set([...page.keys()].map((key) => (JSON.parse(key) as string[])[label]));
          values.delete('__other__');
          expect(values.size).toBeLessThanOrEqual(cap);
        }
        const sum = (counts: Iterable<number[]>): number =>
          [...counts].reduce((total, [count = 0]) => total + count, 0);
        expect(sum(page.values())).toBe(sum(world.totals.values()));
      }),
      { numRuns: runs(200) },
    );
  },
);

test.each<[Aggregate, (values: number[]) => number]>([
  ['sum', (values) => values.reduce((sum, each) => sum + each, 0)],
  ['min', (values) => Math.min(...values)],
  ['max', (values) => Math.max(...values)],
  ['average', (values) => values.reduce((sum, each) => sum + each, 0) / values.length],
  ['first', ([first = NaN]) => first],
])('gauges are put together by %s, of those members that have the row', (aggregate, naive) => {
  const gauges = fc.array(fc.option(fc.integer({ min: -1000, max: 1000 })), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(gauges, (values) => {
      const merge = new Merge();
      for (const given of values) {
        const metric = store({ type: 'gauge', aggregate, labels: ['a'] });
        change(metric, ['always'], () => 1);
        if (given !== null) change(metric, ['x'], () => given);
        byMessage(new Member(merge), metric).tell();
      }
      const found = shown(merge.run()).get('["x"]')?.[0];
      const present = values.filter((each) => each !== null);
      if (present.length === 0) expect(found).toBeUndefined();
      else expect(found).toBeCloseTo(naive(present), 9);
    }),
  );
});

test('only rows that have changed are marked, so that a page writes nothing else anew', () => {
  const merge = new Merge();
  const metrics = [store({ labels: ['a'] }), store({ labels: ['a'] })];
  const members = metrics.map((metric) => byMessage(new Member(merge), metric));
  for (const metric of metrics) for (let row = 0; row < 50; row += 1) change(metric, [`v${row}`], () => row);
  const page = (): number => {
    for (const each of members) each.tell();
    const [family] = merge.run();
    let dirty = 0;
    for (let row = 0; row < (family?.rowCount ?? 0); row += 1) {
      if (((family?.state[row] ?? 0) & rowState.dirty) !== 0) dirty += 1;
      if (family !== undefined) family.state[row] = (family.state[row] ?? 0) & ~rowState.dirty;
    }
    return dirty;
  };
  expect(page()).toBe(50);
  expect(page()).toBe(0);
  change(metrics[0] ?? store({}), ['v7'], (before) => before + 1);
  change(metrics[1] ?? store({}), ['new'], () => 1);
  expect(page()).toBe(2);
});

test('members that differ are kept apart, and said once', () => {
  const said: string[] = [];
  const ignore = (): void => undefined;
  diag.setLogger(
    { warn: (text) => said.push(text), error: ignore, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const merge = new Merge();
  const start = (labels: readonly string[], count: number): Member => {
    const metric = store({ labels });
    change(
      metric,
      labels.map(() => 'x'),
      () => count,
    );
    const made = new Member(merge);
    byMessage(made, metric).tell();
    return made;
  };
  const [one, two] = [start(['a'], 1), start(['a'], 2)];
  start(['a', 'b'], 10);
  expect(shown(merge.run())).toEqual(new Map([['["x"]', [3]]]));
  expect(merge.hidden()).toEqual([{ name: 'm', shape: 'counter by (a, b)', members: 1 }]);
  merge.run();
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('counter by (a, b)');
  one.end();
  two.end();
  expect(shown(merge.run())).toEqual(new Map([['["x","x"]', [10]]]));
  expect(merge.hidden()).toEqual([]);
});

test('a message that is not whole is refused, before anything of it is used', () => {
  const merge = new Merge();
  const metric = store({});
  change(metric, ['x', 'y'], () => 3);
  const { rowCounts, bytes } = new SnapshotWriter().write([metric]);
  for (const broken of [
    { rowCounts, bytes: bytes.subarray(1) },
    { rowCounts: [5], bytes },
    { rowCounts: [1, 1], bytes },
  ])
    expect(() => memoriesOf(broken, [1])).toThrow();
  const receiver = new Member(merge);
  expect(() => {
    receiver.note([{ family: 3, rows: [0], values: ['x', 'y'] }]);
  }).toThrow();
});

test('a member that starts anew is not counted twice', () => {
  const merge = new Merge();
  const made = new Member(merge);
  const [one, two] = [store({ labels: ['a'] }), store({ labels: ['a'] })];
  change(one, ['x'], () => 3);
  change(two, ['x'], () => 4);
  const receive = (metrics: MetricStore[], writer: SnapshotWriter): void => {
    const snapshot = writer.write(metrics);
    if (snapshot.isFirst) made.forget();
    made.note(snapshot.news);
    const families = made.families();
    const memories = memoriesOf(
      snapshot,
      families.map(({ width }) => width),
    );
    families.forEach((family, index) => (family.memory = memories[index] ?? family.memory));
  };
  const writer = new SnapshotWriter();
  receive([one], writer);
  expect(shown(merge.run())).toEqual(new Map([['["x"]', [3]]]));
  // The process shows another object of that name, such as the sum of its threads.
  receive([two], writer);
  expect(shown(merge.run())).toEqual(new Map([['["x"]', [4]]]));
});
