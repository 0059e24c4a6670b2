import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { adoptionSummary } from '../../../src/cli/instrument/adopt.js';
import { adopt } from './adopt-case.js';

const spec = readFileSync('test/instrument/adopt/spec.yaml', 'utf8');
const place = { root: '/work', shown: 'shop' };
const metrics = `import { Counter, Gauge } from 'prom-client';

export const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.' });
export const jobs = new Counter({ name: 'jobs_total', help: 'Jobs that ended.', labelNames: ['outcome'] });
export const other = new Gauge({ name: 'shelf_items', help: 'What is in stock.' });
`;
const files = new Map([
  ['src/metrics.ts', metrics],
  ['src/app.ts', `import { starts } from './metrics.js';\nstarts.inc({}, 2);\n`],
  ['test/app.ts', `import { jobs } from '../src/metrics.js';\njobs.labels('ok').inc();\n`],
  ['src/app.spec.ts', `import { vi } from 'vitest';\nvi.mock('prom-client', () => ({}));\n`],
  ['src/used.ts', `import { metrics } from '../generated/metrics.js';\nmetrics.openConnections.inc();\n`],
]);

it('changes a metric only where all of its files may change', async () => {
  const plan = await adopt(spec, files, ['src']);
  expect(plan.adopted).toEqual(['starts_total']);
  expect(plan.files.map(({ path }) => path)).toEqual(['src/app.ts', 'src/metrics.ts']);
  expect(plan.leftAlone).toMatchObject([{ metric: 'jobs_total', path: 'test/app.ts', line: 2 }]);
  const excluded = await adopt(`${spec}instrument: { exclude: ['**/app.ts'] }\n`, files);
  expect(excluded.files).toEqual([]);
  expect(excluded.leftAlone.map(({ metric, path }) => [metric, path])).toEqual([
    ['starts_total', 'src/app.ts'],
    ['jobs_total', 'test/app.ts'],
  ]);
});

it('says what was done, what is left, and what the spec and the code do not share', async () => {
  const plan = await adopt(spec, files, ['src']);
  expect(adoptionSummary(plan, place, 'changed', false)).toBe(`1 definition and 1 call in 2 files changed
left alone: shop/test/app.ts:2: jobs_total: this file would have to change, and it is not among those that may
  name no paths, and look at \`instrument.include\` and \`instrument.exclude\`
5 metrics of the spec that nothing in the code records: http_requests_total, http_request_duration_seconds, lookups_total, queue_depth, parse_duration_seconds
1 metric of the code that the spec does not have: shelf_items
note: src/app.spec.ts:2 mocks the client library: it no longer sees what is recorded by helpers
`);
});

it('leaves a metric alone that a file names which cannot be read', async () => {
  const plan = await adopt(
    spec,
    new Map([...files, ['src/broken.ts', 'import { starts } from "./metrics.js"; starts.(']]),
  );
  expect(plan.adopted).toEqual(['jobs_total']);
  expect(plan.leftAlone).toMatchObject([
    { metric: 'starts_total', reason: expect.stringContaining('src/broken.ts') as string },
  ]);
  expect(plan.notes).toMatchObject([{ code: 'OBS5053', path: 'src/broken.ts' }]);
});

it('reads no program where nothing imports the library', async () => {
  const plan = await adopt(spec, new Map([['app.js', 'const Counter = 1; metrics.startsTotal.inc();\n']]));
  expect(plan).toMatchObject({ files: [], adopted: [], leftAlone: [], read: 1 });
  expect(plan.undefined).toHaveLength(7);
});
