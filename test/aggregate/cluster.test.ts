import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { AggregationStats } from '../../src/runtime/aggregate/start.js';
import { compileRuntime } from './compiled-runtime.js';
import { Service, type Call } from './service.js';
import { eventually } from '../support/eventually.js';

/** Real workers of a real cluster. */
const { folder, remove } = compileRuntime('cluster');
const services: Service[] = [];

async function start(environment: Readonly<Record<string, string>> = {}): Promise<Service> {
  const service = await Service.start('cluster.mjs', folder, environment);
  services.push(service);
  return service;
}

/** Has several workers count, and scrapes. */
const get = (amount: number): Call => ['requests', 'inc', { method: 'get' }, amount];
const call = (tool: string, amount: number): Call => ['calls', 'inc', { tool }, amount];

afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.stop()));
});
afterAll(remove);

describe.each([{}, { SERIALIZATION: 'advanced' }])('over a channel with %o', (environment) => {
  test('the counts of workers and primary are added', async () => {
    const service = await start(environment);
    const [one, two] = [await service.fork(), await service.fork()];
    await service.act(one, get(3), ['seconds', 'observe', { method: 'put' }, 0.5]);
    await service.act(two, get(4), ['requests', 'inc', { method: 'put' }]);
    await service.act(two, ['seconds', 'observe', { method: 'put' }, 2]);
    await service.ask('act', { calls: [get(100)] });
    const { series } = await service.scrape();
    expect(series['t_requests_total{method=get}']).toBe(107);
    expect(series['t_requests_total{method=put}']).toBe(1);
    expect(series['t_seconds{method=put}']).toEqual([0, 1, 1, 2.5]);
    expect(series['obsgen_members{kind=process,state=answered}']).toBe(2);
  });

  test('thousands of rows arrive whole, and only what is new is said again', async () => {
    const service = await start(environment);
    const workers = [await service.fork(), await service.fork()];
    for (const [index, worker] of workers.entries()) {
      const calls = Array.from({ length: 2500 }, (_, user): Call => [
        'users',
        'inc',
        { user: `user "${user + index * 500}"\\`, method: 'get' },
        user + 1,
      ]);
      await service.act(worker, ...calls);
    }
    const { series } = await service.scrape();
    const users = Object.entries(series).filter(([key]) => key.startsWith('t_users_total'));
    expect(users).toHaveLength(3000);
    for (const [user, value] of [
      [0, 1],
      [499, 500],
      [500, 502],
      [2499, 4500],
      [2999, 2500],
    ] as const) {
      expect(series[`t_users_total{user=user "${user}"\\,method=get}`]).toBe(value);
    }
    await service.act(workers[0] ?? 0, ['users', 'inc', { user: 'user "7"\\', method: 'get' }]);
    const again = await service.scrape();
    expect(again.series['t_users_total{user=user "7"\\,method=get}']).toBe(9);
    expect(again.dirty).toBe(1);
  });
});

test('each gauge is put together as it says', async () => {
  const service = await start();
  const values = [4, 2, 9];
  for (const value of values) {
    const gauges = ['min', 'max', 'average', 'first'].map((name): Call => [name, 'set', value]);
    await service.act(await service.fork(), ['sum', 'set', { method: 'get' }, value], ...gauges);
  }
  const { series } = await service.scrape();
  expect([series['t_sum{method=get}'], series['t_min{}'], series['t_max{}']]).toEqual([15, 2, 9]);
  expect([series['t_average{}'], series['t_first{}']]).toEqual([5, 4]);
});

test('gauges that are observed are read for the page', async () => {
  const service = await start();
  await service.fork({ OBSERVED: '5' });
  await service.fork({ OBSERVED: '6' });
  expect((await service.scrape()).series['t_sum{method=get}']).toBe(11);
});

test('a killed worker keeps its counts and loses its gauges, and what it counted since the last page is lost', async () => {
  const service = await start();
  const [one, two] = [await service.fork(), await service.fork()];
  await service.act(one, get(3), ['seconds', 'observe', { method: 'get' }, 0.5], ['max', 'set', 7]);
  await service.act(two, get(4), ['max', 'set', 5]);
  await service.scrape();
  await service.act(one, get(1000));
  await service.ask('kill', { id: one, signal: 'SIGKILL' });
  await service.act(two, get(1));
  const { series } = await service.scrape();
  expect(series['t_requests_total{method=get}']).toBe(8);
  expect(series['t_seconds{method=get}']).toEqual([0, 1, 0, 0.5]);
  expect(series['t_max{}']).toBe(5);
  expect(series['obsgen_members_ended_total{kind=process}']).toBe(1);
  await service.ask('kill', { id: two, signal: 'SIGKILL' });
  const last = await service.scrape();
  expect(last.series['t_requests_total{method=get}']).toBe(8);
  expect(last.series).not.toHaveProperty('t_max{}');
});

test.each([
  ['the primary disconnects it', 'disconnect'],
  ['it disconnects itself', 'leave'],
  ['it calls process.exit()', 'exit'],
])('a worker says goodbye when %s', async (_, end) => {
  const service = await start();
  const [one, two] = [await service.fork(), await service.fork()];
  // Before any page.
  await service.act(one, get(3));
  await service.ask(end, { id: one });
  expect((await service.scrape()).series['t_requests_total{method=get}']).toBe(3);
  // After one, and too much for one write to the channel.
  await service.act(two, get(4));
  await service.scrape();
  const calls = Array.from({ length: 3000 }, (_each, user): Call => [
    'users',
    'inc',
    { user: `u${user}`, method: 'put' },
  ]);
  await service.act(two, get(5), ...calls);
  await service.ask(end, { id: two });
  const { series } = await service.scrape();
  expect(series['t_requests_total{method=get}']).toBe(12);
  expect(series['t_users_total{user=u2999,method=put}']).toBe(1);
});

test('a worker is flushed where the program ends its telemetry', async () => {
  const service = await start();
  const worker = await service.fork();
  await service.ask('tell', { id: worker, command: { calls: [get(6)], do: 'flush' } });
  await service.ask('kill', { id: worker, signal: 'SIGKILL' });
  expect((await service.scrape()).series['t_requests_total{method=get}']).toBe(6);
});

test('restarts neither lose counts nor take memory', async () => {
  const service = await start();
  const cycle = async (): Promise<void> => {
    const worker = await service.fork();
    const calls = Array.from({ length: 500 }, (_, user): Call => [
      'users',
      'inc',
      { user: `u${user}`, method: 'get' },
    ]);
    await service.act(worker, get(1), ...calls);
    await service.ask('disconnect', { id: worker });
    await service.scrape();
  };
  for (let index = 0; index < 10; index += 1) await cycle();
  const before = await service.ask<number>('memory');
  for (let index = 0; index < 20; index += 1) await cycle();
  // What is kept of a worker while it runs is several times as much: 500 rows of texts and numbers. It is given back a little later.
  await eventually(async () => {
    expect(((await service.ask<number>('memory')) - before) / 20).toBeLessThan(20_000);
  });
  const { series } = await service.scrape();
  expect(series['t_requests_total{method=get}']).toBe(30);
  expect(series['t_users_total{user=u499,method=get}']).toBe(30);
});

test('a blocked worker is shown with its last values, noted, and holds up one page only', async () => {
  const service = await start({ DEADLINE: '0.5' });
  const [free, blocked] = [await service.fork(), await service.fork()];
  await service.act(free, get(1));
  await service.act(blocked, get(10));
  await service.scrape();
  await service.ask('tell', { id: blocked, command: { do: 'block', milliseconds: 4000, calls: [get(5)] } });
  await service.act(free, get(1));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const held = await service.scrape();
  expect(held.series['t_requests_total{method=get}']).toBe(12);
  expect((await service.scrape()).series['obsgen_members{kind=process,state=late}']).toBe(1);
  const { members } = await service.ask<AggregationStats>('stats');
  expect(members.map(({ isLate }) => isLate)).toEqual([false, true]);
  // If each page were held up, there would be seven.
  let pages = 0;
  while ((await service.scrape()).series['t_requests_total{method=get}'] !== 17) pages += 1;
  expect(pages).toBeGreaterThan(20);
  expect((await service.scrape()).series['obsgen_members{kind=process,state=late}']).toBe(0);
});

test('a worker without the runtime holds up one page only', async () => {
  const service = await start({ DEADLINE: '5' });
  const worker = await service.fork({ SILENT: '1' });
  await service.act(await service.fork(), get(2));
  // Longer than the test may take, if each page were held up.
  for (let page = 0; page < 20; page += 1)
    expect((await service.scrape()).series['t_requests_total{method=get}']).toBe(2);
  const { members } = await service.ask<AggregationStats>('stats');
  expect(members.filter(({ isLate }) => isLate)).toMatchObject([{ id: worker, families: 0 }]);
});

test('a primary without metrics shows those of its workers', async () => {
  const service = await start({ PRIMARY_METRICS: 'none' });
  await service.act(await service.fork(), get(2));
  await service.act(await service.fork({ METHODS: 'delete,put,get' }), get(3), [
    'requests',
    'inc',
    { method: 'delete' },
  ]);
  const { series } = await service.scrape();
  expect(series['t_requests_total{method=get}']).toBe(5);
  expect(series['t_requests_total{method=delete}']).toBe(1);
});

test('a cap holds after the merge: who was first stays, the rest shares __other__, and nothing is lost', async () => {
  const service = await start();
  const [one, two] = [await service.fork(), await service.fork()];
  await service.act(one, ...['a', 'b', 'c', 'd', 'e'].map((tool) => call(tool, 1)));
  await service.scrape();
  await service.act(two, ...['v', 'w', 'x', 'y', 'a'].map((tool) => call(tool, 10)));
  const tools = async (): Promise<[string, number][]> =>
    Object.entries((await service.scrape()).series)
      .flatMap(([key, value]): [string, number][] => {
        const tool = /^t_calls_total\{tool=(.*)\}$/.exec(key)?.[1];
        return tool === undefined ? [] : [[tool, Number(value)]];
      })
      .sort();
  // `a` of the second worker came beyond its own cap.
  const expected = [
    ['__other__', 51],
    ['a', 1],
    ['b', 1],
    ['c', 1],
    ['d', 1],
  ];
  expect(await tools()).toEqual(expected);
  expect(await tools()).toEqual(expected);
  await service.ask('kill', { id: one, signal: 'SIGKILL' });
  await service.act(two, call('v', 5));
  expect(await tools()).toEqual([['__other__', 56], ...expected.slice(1)]);
  const { folded } = await service.ask<AggregationStats>('stats');
  expect(folded).toEqual([{ metric: 't_calls_total', label: 'tool', rows: 4 }]);
});

test('rows that expire in one worker do not look like a restart, and make room when they are gone', async () => {
  const service = await start({ EXPIRE: '0.5' });
  const [one, two] = [await service.fork(), await service.fork()];
  await service.act(one, ...['a', 'b', 'c', 'd'].map((tool) => call(tool, 100)));
  await service.act(two, call('a', 1));
  await service.scrape();
  const values = async (): Promise<unknown[]> => {
    const { series } = await service.scrape();
    return ['a', 'b', 'e'].map((tool) => series[`t_calls_total{tool=${tool}}`]);
  };
  // The first worker's rows expire, the second one's is in use.
  for (let index = 0; index < 8; index += 1) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    await service.act(two, call('a', 1));
    await service.scrape();
  }
  expect(await values()).toEqual([109, undefined, undefined]);
  await service.act(one, call('e', 7), call('a', 1));
  expect(await values()).toEqual([110, undefined, 7]);
});

test('metrics that differ between workers are not mixed: what most have is shown, the rest is named', async () => {
  const service = await start({ PRIMARY_METRICS: 'none' });
  const olds = [await service.fork(), await service.fork()];
  const seconds: Call = ['seconds', 'observe', { method: 'get' }, 0.5];
  for (const worker of olds) await service.act(worker, seconds, get(1));
  const young = await service.fork({ BOUNDS: '0.1,0.2,1' });
  await service.act(young, seconds, get(1));
  const before = await service.scrape();
  expect(before.series['t_seconds{method=get}']).toEqual([0, 2, 0, 1]);
  expect(before.series['t_requests_total{method=get}']).toBe(3);
  const hidden = async (): Promise<AggregationStats['hidden']> =>
    (await service.ask<AggregationStats>('stats')).hidden;
  expect(await hidden()).toMatchObject([{ name: 't_seconds', members: 1 }]);
  await service.ask('disconnect', { id: olds[0] });
  const after = await service.scrape();
  expect(after.series['t_seconds{method=get}']).toEqual([0, 0, 1, 0, 0.5]);
  await service.ask('disconnect', { id: olds[1] });
  await service.scrape();
  expect(await hidden()).toEqual([]);
});

test('a program in another kind of cluster is not spoken to', async () => {
  const service = await start();
  const worker = await service.fork({ OBSGEN_CLUSTER_PRIMARY: '1' });
  await service.act(worker, get(1));
  // Nobody has asked it, and it does not know that anybody would.
  await service.ask('kill', { id: worker, signal: 'SIGTERM' });
  expect((await service.ask<AggregationStats>('stats')).members).toEqual([]);
});
