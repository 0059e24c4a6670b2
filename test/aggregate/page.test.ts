import { spawnSync } from 'node:child_process';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { parseExposition } from '../runtime/exposition.js';
import { missingProgram } from '../support/program.js';
import { compileRuntime } from './compiled-runtime.js';
import { Service, type Call } from './service.js';
import { eventually } from '../support/eventually.js';

/** The page itself, of processes and of threads. */
const { folder, remove } = compileRuntime('page');
const services: Service[] = [];

afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.stop()));
});
afterAll(remove);

const seconds = (value: number): Call => ['seconds', 'observe', { method: 'get' }, value];
const traces = ['a', 'b', 'c'].map((digit) => digit.repeat(32));

describe.each(['cluster.mjs', 'threads.mjs'])('%s', (fixture) => {
  async function startTwo(): Promise<readonly [Service, number, number]> {
    const service = await Service.start(fixture, folder);
    services.push(service);
    return [service, await service.fork(), await service.fork()];
  }

  test('has the newest exemplar of each bucket', async () => {
    const [service, one, two] = await startTwo();
    const observe = (id: number, traceId: string | undefined, ...values: number[]): Promise<unknown> =>
      service.ask('tell', { id, command: { calls: values.map(seconds), traceId } });
    await observe(one, traces[0], 0.05, 0.5);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await observe(two, traces[1], 0.06);
    await service.scrape();
    const exemplars = async (): Promise<unknown[]> =>
      parseExposition(await service.page('application/openmetrics-text; version=1.0.0'))
        .filter(({ name }) => name === 't_seconds_bucket')
        .map(({ exemplar }) => exemplar?.get('trace_id'));
    // Threads tell theirs within a second, and take a new one after that.
    const found = (before: () => Promise<unknown>, ...expected: unknown[]): Promise<void> =>
      eventually(async () => {
        await before();
        expect(await exemplars()).toEqual(expected);
      });
    await found(() => service.page(), traces[1], traces[0], undefined);
    await found(() => observe(one, traces[2], 0.07), traces[2], traces[0], undefined);
  });

  test.skipIf(missingProgram('promtool'))(
    'is accepted by promtool, and stays the same while nothing happens',
    async () => {
      const [service, one, two] = await startTwo();
      const user = (name: string): Call => ['users', 'inc', { user: name, method: 'put' }];
      await service.act(one, seconds(0.5), user('a "b" \\ c'), ['max', 'set', 1.5]);
      await service.act(two, seconds(0.5), user('a "b" \\ c'), user('ä, 😀'));
      const page = await service.page();
      expect(await service.page()).toBe(page);
      const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
        input: page,
        encoding: 'utf8',
      });
      expect(status, stdout + stderr).toBe(0);
      const samples = parseExposition(page);
      const users = samples.filter(({ name }) => name === 't_users_total');
      expect(users.map(({ labels, value }) => [labels.get('user'), value])).toEqual([
        ['a "b" \\ c', 2],
        ['ä, 😀', 1],
      ]);
    },
  );
});
