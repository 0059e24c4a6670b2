import { afterAll, afterEach, expect, test } from 'vitest';
import type { AggregationStats } from '../../src/runtime/aggregate/start.js';
import { compileRuntime } from './compiled-runtime.js';
import { Service, type Call } from './service.js';
import { eventually } from '../support/eventually.js';

/** Real threads of a real process. */
const { folder, remove } = compileRuntime('threads');
const services: Service[] = [];

async function start(environment: Readonly<Record<string, string>> = {}): Promise<Service> {
  const service = await Service.start('threads.mjs', folder, environment);
  services.push(service);
  return service;
}

const get = (amount: number): Call => ['requests', 'inc', { method: 'get' }, amount];
const user = (index: number): Call => ['users', 'inc', { user: `u${index}`, method: 'get' }];
const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.stop()));
});
afterAll(remove);

test('the counts of threads and of the main thread are added, rows that came just now included', async () => {
  const service = await start();
  const [one, two] = [await service.fork(), await service.fork()];
  await service.ask('act', { calls: [get(100)] });
  await service.act(one, get(3), ['seconds', 'observe', { method: 'put' }, 0.5], ['max', 'set', 3]);
  await service.act(two, get(4), ['seconds', 'observe', { method: 'put' }, 2], ['max', 'set', 2]);
  const { series } = await service.scrape();
  expect(series['t_requests_total{method=get}']).toBe(107);
  expect(series['t_seconds{method=put}']).toEqual([0, 1, 1, 2.5]);
  expect(series['t_max{}']).toBe(3);
  expect(series['obsgen_members{kind=thread,state=answered}']).toBe(2);
});

test('metrics that grow are followed into their new memory', async () => {
  const service = await start();
  const thread = await service.fork();
  for (const count of [10, 100, 2500]) {
    await service.act(thread, ...Array.from({ length: count }, (_, index) => user(index)));
    const { series } = await service.scrape();
    expect(Object.keys(series).filter((key) => key.startsWith('t_users_total'))).toHaveLength(count);
  }
  await service.act(thread, user(7));
  const { series, dirty } = await service.scrape();
  expect(series['t_users_total{user=u7,method=get}']).toBe(4);
  expect(dirty).toBe(1);
});

test('a metric is followed under its former name too', async () => {
  const service = await start();
  const thread = await service.fork();
  for (const count of [10, 2500]) {
    const calls = Array.from({ length: count }, (_, index): Call => ['people', 'inc', { user: `u${index}` }]);
    await service.act(thread, ...calls);
    const { series } = await service.scrape();
    const of = (name: string): readonly unknown[] =>
      Object.entries(series)
        .filter(([key]) => key.startsWith(`${name}{`))
        .map(([key, value]) => [key.slice(name.length), value])
        .sort();
    expect(of('t_people_total')).toHaveLength(count);
    expect(of('t_guests_total')).toEqual(of('t_people_total'));
  }
});

test('a thread that computes is read all the same, and not waited for', async () => {
  const service = await start({ DEADLINE: '60' });
  const thread = await service.fork();
  await service.act(thread, get(1));
  await service.scrape();
  // It counts, and then does not come back to its messages for a time.
  const command = { do: 'compute', milliseconds: 3000, before: [get(5)], after: [get(1)] };
  await service.ask('tell', { id: thread, command });
  let pages = 0;
  for (;;) {
    const { series } = await service.scrape();
    if (series['t_requests_total{method=get}'] === 7) break;
    if (series['t_requests_total{method=get}'] === 6) pages += 1;
  }
  expect(pages).toBeGreaterThan(20);
});

test('of a thread that computes, a row of unknown labels holds up one page, until the deadline', async () => {
  const service = await start({ DEADLINE: '0.5' });
  const thread = await service.fork();
  const put: Call = ['requests', 'inc', { method: 'put' }];
  await service.act(thread, get(1));
  await service.scrape();
  await service.ask('tell', {
    id: thread,
    command: { do: 'compute', milliseconds: 4000, before: [get(5), put] },
  });
  let pages = 0;
  let late = 0;
  for (;;) {
    const { series } = await service.scrape();
    if ('t_requests_total{method=put}' in series) break;
    if (series['t_requests_total{method=get}'] === 6) pages += 1;
    if (series['obsgen_members{kind=thread,state=late}'] === 1) late += 1;
  }
  expect(pages).toBeGreaterThan(20);
  expect(late).toBeGreaterThan(20);
  expect((await service.scrape()).series['obsgen_members{kind=thread,state=late}']).toBe(0);
});

test.each(['end', 'exit', 'terminate'])(
  'after %s, counts of a thread stay and its gauges go',
  async (end) => {
    const service = await start();
    const [one, two] = [await service.fork(), await service.fork()];
    await service.act(one, get(3), ['seconds', 'observe', { method: 'get' }, 0.5], ['max', 'set', 7]);
    await service.act(two, get(4), ['max', 'set', 5]);
    await service.scrape();
    // Read where they are: nothing is lost even where the thread cannot say anything any more.
    await service.act(one, get(1000));
    await service.ask(end, { id: one });
    const { series } = await service.scrape();
    expect(series['t_requests_total{method=get}']).toBe(1007);
    expect(series['t_seconds{method=get}']).toEqual([0, 1, 0, 0.5]);
    expect(series['t_max{}']).toBe(5);
    expect(series['obsgen_members_ended_total{kind=thread}']).toBe(1);
  },
);

test.each(['end', 'exit'])('a thread that ends before the first page by %s is counted', async (end) => {
  const service = await start();
  const thread = await service.fork();
  await service.act(thread, get(3), ...Array.from({ length: 100 }, (_, index) => user(index)));
  await service.ask(end, { id: thread });
  const { series } = await service.scrape();
  expect(series['t_requests_total{method=get}']).toBe(3);
  expect(series['t_users_total{user=u99,method=get}']).toBe(1);
});

test('rows of a thread that was ended before it could tell their labels are noted as lost', async () => {
  const service = await start();
  const thread = await service.fork();
  await service.act(thread, get(3), get(4));
  await service.ask('terminate', { id: thread });
  await eventually(async () => {
    expect((await service.ask<AggregationStats>('stats')).lostRows).toBe(1);
  });
});

test('threads that come and go lose no counts and take no memory, even if nobody scrapes', async () => {
  const service = await start();
  const cycle = async (): Promise<void> => {
    const thread = await service.fork();
    await service.act(thread, get(1), ...Array.from({ length: 1000 }, (_, index) => user(index)));
    await service.ask('end', { id: thread });
  };
  for (let index = 0; index < 5; index += 1) await cycle();
  const before = await service.ask<number>('memory');
  for (let index = 0; index < 20; index += 1) await cycle();
  // What a thread that has just ended had is given back a little later.
  await eventually(async () => {
    expect(((await service.ask<number>('memory')) - before) / 20).toBeLessThan(15_000);
  });
  const { series } = await service.scrape();
  expect(series['t_requests_total{method=get}']).toBe(25);
  expect(series['t_users_total{user=u999,method=get}']).toBe(25);
});

test('gauges that a thread observes are read in the thread', async () => {
  const service = await start();
  await service.fork({ OBSERVED: '5' });
  await service.fork({ OBSERVED: '6' });
  expect((await service.scrape()).series['t_sum{method=get}']).toBe(11);
});

test('threads that were there before the main thread started are found', async () => {
  const service = await start({ LATE_START: '1' });
  const thread = await service.fork();
  await service.act(thread, get(3));
  await service.ask('start');
  await eventually(async () => {
    expect((await service.scrape()).series['t_requests_total{method=get}']).toBe(3);
  });
  // Their end is known where they say it themselves.
  await service.ask('end', { id: thread });
  await eventually(async () => {
    expect((await service.ask<AggregationStats>('stats')).ended.threads).toBe(1);
  });
});

test('threads of threads are on the page too, and their end is told by the thread that made them', async () => {
  const service = await start();
  const thread = await service.fork();
  await service.ask('tell', { id: thread, command: { do: 'nest' } });
  await service.ask('tell', {
    id: thread,
    command: { do: 'tell nested', command: { calls: [get(3), ['max', 'set', 7]] } },
  });
  await service.act(thread, get(2), ['max', 'set', 1]);
  const before = await service.scrape();
  expect([before.series['t_requests_total{method=get}'], before.series['t_max{}']]).toEqual([5, 7]);
  await service.ask('tell', { id: thread, command: { do: 'terminate nested' } });
  await eventually(async () => {
    const { series } = await service.scrape();
    expect([series['t_requests_total{method=get}'], series['t_max{}']]).toEqual([5, 1]);
  });
});

test('rows that expire in a thread do not look like a restart, and make room', async () => {
  const service = await start({ EXPIRE: '0.5' });
  const thread = await service.fork();
  const calls = (...tools: string[]): Call[] => tools.map((tool) => ['calls', 'inc', { tool }]);
  await service.act(thread, ...calls('a', 'b', 'c', 'd'));
  await service.ask('act', { calls: calls('a', 'a') });
  for (let index = 0; index < 12; index += 1) {
    await wait(200);
    await service.ask('act', { calls: calls('a') });
    await service.scrape();
  }
  const tools = async (): Promise<unknown> => {
    const { series } = await service.scrape();
    return ['a', 'b', 'e'].map((tool) => series[`t_calls_total{tool=${tool}}`]);
  };
  expect(await tools()).toEqual([15, undefined, undefined]);
  await service.act(thread, ...calls('e', 'a'));
  expect(await tools()).toEqual([16, undefined, 1]);
});
