import { afterAll, beforeAll, expect, test } from 'vitest';
import { scrape } from '../../src/runtime/exposition/handler.js';
import { push } from '../../src/runtime/export/push.js';
import { startPushing, pushMetrics } from '../../src/runtime/export/pushgateway.js';
import { counter, gauge, histogram, labelledGauge, openLabel } from '../../src/runtime/index.js';
import { parseExposition } from '../runtime/exposition.js';
import type { Sample } from '../runtime/exposition.js';
import { describeWithPushgateway, startPushgateway } from './pushgateway-process.js';
import type { Pushgateway } from './pushgateway-process.js';

const steps = counter({ name: 'training_steps_total', help: 'Steps.' });
const loss = gauge({ name: 'training_loss', help: 'Loss.' });
const stepSeconds = histogram({
  ...{ name: 'training_step_seconds', help: 'How long a step takes.', buckets: [0.1, 1] },
});
const rates = labelledGauge({
  ...{ name: 'training_learning_rate', help: 'Learning rate.' },
  labels: { group: openLabel({ key: 't.group', cap: 10 }) },
});

describeWithPushgateway('a Pushgateway', () => {
  let gateway: Pushgateway;

  beforeAll(async () => {
    gateway = await startPushgateway();
  });
  afterAll(() => gateway.stop());

  /** What the gateway would give to Prometheus, of one job. */
  async function groupOf(job: string): Promise<Sample[]> {
    const page = await (await fetch(`${gateway.url}/metrics`)).text();
    return parseExposition(page).filter(({ labels }) => labels.get('job') === job);
  }

  function valueIn(samples: readonly Sample[], name: string): number | undefined {
    return samples.find((sample) => sample.name === name)?.value;
  }

  test('takes the page of a job, with all its kinds of metrics', async () => {
    steps.inc(100);
    loss.set(0.25);
    stepSeconds.observe(0.5);
    rates.set({ group: 'a "quoted" \\ value' }, 1e-4);
    const report = await pushMetrics({ url: gateway.url, job: 'training' });
    expect(report).toEqual({ sent: true, status: 200, seconds: expect.any(Number) as number });
    const group = await groupOf('training');
    expect(valueIn(group, 'training_steps_total')).toBe(100);
    expect(valueIn(group, 'training_loss')).toBe(0.25);
    expect(valueIn(group, 'training_step_seconds_sum')).toBe(0.5);
    const [rate] = group.filter(({ name }) => name === 'training_learning_rate');
    expect(rate?.labels.get('group')).toBe('a "quoted" \\ value');
    expect(rate?.value).toBe(1e-4);
  });

  test.each([
    ['plain-1.2_x'],
    ['a/b/c'],
    [''],
    ['.'],
    ['..'],
    ['%2F'],
    ['a b?c#d&e=f'],
    ['Προμηθεύς 😀'],
    ['~~~???'],
    ['"\\'],
  ])('keeps the value %j of a grouping, and of a job', async (value) => {
    const job = `job ${value}`;
    expect(await pushMetrics({ url: gateway.url, job, groupings: { instance: 'x', value } })).toMatchObject({
      sent: true,
    });
    const [sample] = await groupOf(job);
    // An empty label is none.
    expect(sample?.labels.get('value') ?? '').toBe(value);
    expect(sample?.labels.get('instance')).toBe('x');
    expect(
      await pushMetrics({ url: gateway.url, job, groupings: { instance: 'x', value }, method: 'delete' }),
    ).toMatchObject({
      ...{ sent: true, status: 202 },
    });
    // The gateway answers before it has done so.
    await expect.poll(() => groupOf(job)).toEqual([]);
  });

  test('keeps what else was pushed to a group where metrics are added, and drops it where they replace', async () => {
    const foreign = (): Promise<Response> =>
      fetch(`${gateway.url}/metrics/job/adding`, { method: 'POST', body: 'foreign_metric 1\n' });
    await foreign();
    await pushMetrics({ url: gateway.url, job: 'adding', method: 'pushAdd' });
    expect(valueIn(await groupOf('adding'), 'foreign_metric')).toBe(1);
    expect(valueIn(await groupOf('adding'), 'training_loss')).toBe(0.25);
    await pushMetrics({ url: gateway.url, job: 'adding' });
    expect(valueIn(await groupOf('adding'), 'foreign_metric')).toBeUndefined();
  });

  test('says why it refuses a page, such as one with a timestamp', async () => {
    const report = await push({ url: gateway.url, job: 'refused' }, async () => {
      const { contentType, body } = await scrape();
      return { contentType, body: Buffer.concat([body, Buffer.from('training_late 1 1395066363000\n')]) };
    });
    expect(report).toMatchObject({ sent: false, status: 400 });
    expect(report.error).toMatch(/^the gateway answered 400: .*timestamp/);
  });

  test('takes pushes of a running job, and the last one at its end', async () => {
    const pushing = startPushing({ url: gateway.url, job: 'running', everySeconds: 0.5 });
    loss.set(0.5);
    await expect.poll(async () => valueIn(await groupOf('running'), 'training_loss')).toBe(0.5);
    loss.set(0.125);
    expect(await pushing.stop()).toMatchObject({ sent: true });
    expect(valueIn(await groupOf('running'), 'training_loss')).toBe(0.125);
  });

  test('is found below a path', async () => {
    const below = await startPushgateway('--web.route-prefix=/gate/way');
    const report = await pushMetrics({ url: `${below.url}/gate/way/`, job: 'below' });
    await below.stop();
    expect(report).toMatchObject({ sent: true, status: 200 });
  });
});
