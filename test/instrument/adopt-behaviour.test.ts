import fc from 'fast-check';
import { createRequire } from 'node:module';
import type * as client from 'prom-client';
import { expect, it } from 'vitest';
import { runs } from '../support/long.js';
import { adopt, compiled } from './adopt/adopt-case.js';
import { loadedMetrics, run } from './adopt/loaded-metrics.js';

const { register } = createRequire(import.meta.url)('prom-client') as typeof client;

/** Texts and numbers as call sites have them. */
const text = fc.constantFrom(`'GET'`, 'method', '`${method}x`', 'method.toLowerCase()', `"a\\"b"`);
const anything = fc.constantFrom(
  '200',
  'code',
  'code + 1',
  'String(code)',
  `'404'`,
  'big',
  'flag',
  'both',
  'status',
);
const amount = fc.constantFrom('1', '2.5', 'code', '(0, 3)', '0');
const comment = fc.constantFrom('', '', '', ' /* why */ ', ' // why\n  ');
const maybe = fc.option(amount, { nil: '' });

const pair = fc.tuple(text, anything, comment).map(([a, b, c]) => ({
  object: `{ method: ${a},${c} status: ${b} }`,
  short: `{ status, method }`,
  list: `${a},${c} ${b}`,
}));

/** Statements about the metrics of one file; `#` is a number that no other statement has. */
const statement = fc.oneof(
  fc.tuple(pair, maybe).map(([{ object }, n]) => `requests.inc(${object}${n && `, ${n}`});`),
  fc.tuple(pair, maybe, comment).map(([{ list }, n, c]) => `requests${c}.labels(${list})${c}.inc(${n});`),
  fc.tuple(pair, maybe).map(([{ object }, n]) => `requests.labels(${object}).inc(${n});`),
  maybe.map((n) => `requests.labels(method, status).inc(${n});`),
  fc.tuple(pair, amount).map(([{ short }, n]) => `requests.labels(${short}).inc(${n});`),
  fc
    .tuple(pair, amount)
    .map(([{ list }, n]) => `const row# = requests.labels(${list}); row#.inc(); row#.inc(${n});`),
  pair.map(({ list }) => `requests.remove(${list});`),
  pair.map(({ object }) => `requests.remove(${object});`),
  maybe.map((n) => `starts.inc(${n});`),
  amount.map((n) => `starts.inc({}, ${n});`),
  amount.map((n) => `bare.observe(undefined, ${n});`),
  maybe.map((n) => `starts.labels().inc(${n});`),
  fc.tuple(anything, amount).map(([q, n]) => `depth.set({ queue: ${q} }, ${n});`),
  fc.tuple(text, amount).map(([q, n]) => `depth.labels(${q}).set(${n});`),
  fc.tuple(text, maybe).map(([q, n]) => `depth.labels(${q}).dec(${n});`),
  fc.tuple(text, maybe).map(([q, n]) => `depth.inc({ queue: ${q} }${n && `, ${n}`});`),
  text.map((q) => `depth.remove(${q});`),
  amount.map((n) => `open.set({}, ${n});`),
  maybe.map((n) => `open.inc(${n});`),
  amount.map((n) => `open.dec({}, ${n});`),
  fc.tuple(pair, amount).map(([{ object }, n]) => `sizes.observe(${object}, ${n});`),
  fc.tuple(pair, amount).map(([{ list }, n]) => `sizes.labels(${list}).observe(${n});`),
  fc.tuple(pair, amount).map(([{ list }, n]) => `const part# = sizes.labels(${list}); part#.observe(${n});`),
  amount.map((n) => `bare.observe({}, ${n});`),
  fc
    .tuple(text, anything)
    .map(([m, s]) => `const end# = took.startTimer({ method: ${m} }); end#({ status: ${s} });`),
  pair.map(({ list }) => `const stop# = took.labels(${list}).startTimer(); stop#();`),
  pair.map(({ object }) => `took.startTimer()(${object});`),
);

const labelled = `labelNames: ['method', 'status']`;
const definitions = (of: number): string => `
const requests = new Counter({ name: 'v${of}_requests_total', help: 'Requests.', ${labelled} });
const starts = new Counter({ name: 'v${of}_starts_total', help: 'Starts.' });
const depth = new Gauge({ name: 'v${of}_depth', help: 'Depth.', labelNames: ['queue'] });
const open = new Gauge({ name: 'v${of}_open', help: 'Open.' });
const sizes = new Histogram({ name: 'v${of}_size', help: 'Sizes.', ${labelled}, buckets: [1, 3] });
const bare = new Histogram({ name: 'v${of}_bare', help: 'Bare.', buckets: [1, 3] });
const took = new Histogram({ name: 'v${of}_took_seconds', help: 'Took.', ${labelled}, buckets: [1, 3] });
`;
const specOf = (count: number): string => `version: 1
service: { name: shop, owner: team-shop }
budgets: { seriesPerMetric: 4000, seriesPerInstance: 1000000 }
labels:
  method: { description: Method., cap: 12 }
  status: { description: Status., cap: 30 }
  queue: { description: Queue., cap: 30 }
metrics:
${Array.from({ length: count }, (_, of) =>
  [
    `  v${of}_requests_total: { type: counter, help: Requests., labels: [method, status] }`,
    `  v${of}_starts_total: { type: counter, help: Starts. }`,
    `  v${of}_depth: { type: gauge, help: Depth., labels: [queue] }`,
    `  v${of}_open: { type: gauge, help: Open. }`,
    `  v${of}_size: { type: histogram, help: Sizes., labels: [method, status], buckets: [1, 3] }`,
    `  v${of}_bare: { type: histogram, help: Bare., buckets: [1, 3] }`,
    `  v${of}_took_seconds: { type: histogram, help: Took., labels: [method, status], buckets: [1, 3] }`,
  ].join('\n'),
).join('\n')}
`;

const fileOf = (statements: readonly string[], of: number): string => `
import { Counter, Gauge, Histogram } from 'prom-client';
${definitions(of)}
export function use(method: string, code: number, big: bigint, flag: boolean, both: string | number): void {
  const status = both;
  ${statements.map((each, index) => each.replaceAll('#', String(index))).join('\n  ')}
}
use('POST', 418, 12n, true, 'x');
use('DELETE', 7, 99n, false, 3);
`;

/** By series, with labels in one order, its value; times are not looked at. */
function samplesOf(page: string): Map<string, number> {
  const samples = new Map<string, number>();
  for (const line of page.split('\n')) {
    const [, name, labels = '', value] = /^(v\d+_\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined || /_took_seconds_(?:sum|bucket)$/.test(name)) continue;
    const sorted = (labels.match(/\w+="(?:[^"\\]|\\.)*"/g) ?? []).sort().join(',');
    samples.set(`${name}{${sorted}}`, Number(value));
  }
  return samples;
}

const shown = (samples: ReadonlyMap<string, number>): readonly string[] =>
  [...samples].flatMap(([series, value]) => (value === 0 ? [] : [`${series} ${value}`])).sort();

it('shows the same page before and after', async () => {
  const variants = fc.sample(fc.array(statement, { minLength: 12, maxLength: 24 }), runs(240) / 4);
  const spec = specOf(variants.length);
  const files = new Map(variants.map((statements, of) => [`v${of}.ts`, fileOf(statements, of)]));
  const plan = await adopt(spec, files);
  expect(plan.leftAlone).toEqual([]);
  expect(plan.files).toHaveLength(variants.length);
  const require = createRequire(import.meta.url);
  for (const content of files.values()) run(content, require);
  const before = samplesOf(await register.metrics());
  register.clear();
  const metrics = loadedMetrics(compiled(spec).helpers);
  for (const { path, after } of plan.files) {
    expect(after, path).not.toContain('prom-client');
    run(after, (specifier) => (specifier === './generated/metrics.js' ? metrics : require(specifier)));
  }
  const after = samplesOf(await register.metrics());
  expect(shown(before).length).toBeGreaterThan(variants.length);
  expect(shown(after)).toEqual(shown(before));
  // What one of them shows at 0, the other does not have to show at all; a removed row is on neither.
  for (const [series, value] of after) expect(before.get(series) ?? 0, series).toBe(value);
});
