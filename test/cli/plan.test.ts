import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository, runCli, temporaryFolder } from './run-cli.js';

const reference = join(repository, 'observability.yaml');

interface PlanJson {
  readonly instances: number;
  readonly instancesOfRegion: number;
  readonly series: readonly { readonly name: string; readonly worst: number; readonly expected: number }[];
  readonly metrics: { readonly expected: { readonly series: number; readonly bytesPerSample: number } };
  readonly budgets: { readonly seriesPerInstance: { readonly worst: number; readonly budget: number } };
  readonly advice: readonly { readonly what: string; readonly replicas: number; readonly url: string }[];
}

test('the plan of the reference spec, for people', async () => {
  const { code, stdout, stderr } = await runCli(['plan', '--spec', reference, '--instances', '40']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^research-agent: 40 instances; scraped every 15s, rules every 15s\n/);
  for (const title of [
    'Sizes',
    'Series',
    'What weighs most',
    'What would save most',
    'Budget',
    'What to run',
  ])
    expect(stdout).toContain(`\n${title}`);
  expect(stdout).toMatch(/metrics on disk +[\d.]+ GB +[\d.]+ GB +kept 45d/);
  expect(stdout).toMatch(/one instance: [\d,]+ of 40,000 series/);
  expect(stdout).toMatch(/1 × Prometheus with .*\n.*\n +https:/);
});

test('the same for programs, in regions', async () => {
  const args = ['plan', '--spec', reference, '--instances', '31', '--regions', '3', '--format', 'json'];
  const { code, stdout } = await runCli(args);
  expect(code).toBe(0);
  const plan = JSON.parse(stdout) as PlanJson;
  expect(plan).toMatchObject({ instances: 31, instancesOfRegion: 11 });
  const sum = plan.series.reduce((total, { expected }) => total + expected, 0);
  expect(Math.abs(plan.metrics.expected.series - sum)).toBeLessThan(2);
  expect(plan.budgets.seriesPerInstance.budget).toBe(40_000);
  expect(plan.advice.find(({ what }) => what === 'Prometheus')).toMatchObject({ replicas: 3 });
});

test('instances are those of the stack where nobody says', async () => {
  const file = join(temporaryFolder(), 'observability.yaml');
  const spec = `version: 1
service: { name: shop, owner: shops }
metrics: { shop_orders_total: { type: counter, help: Orders. } }
`;
  const instances = async (): Promise<number> => {
    const { stdout } = await runCli(['plan', '--spec', file, '--format', 'json']);
    return (JSON.parse(stdout) as PlanJson).instances;
  };
  writeFileSync(file, `${spec}stack: { service: { instances: 12 } }\n`);
  expect(await instances()).toBe(12);
  writeFileSync(file, spec);
  expect(await instances()).toBe(1);
});

test.each([
  [['--instances', '0'], '--instances is a whole number from 1'],
  [['--instances', '2.5'], '--instances is a whole number from 1'],
  [['--instances', 'many'], '--instances'],
  [['--regions', '3'], '1 instances are fewer than 3 regions'],
  [['--share', '0'], '--share is a part of the caps'],
  [['--share', '1.5'], '--share is a part of the caps'],
  [['--format', 'yaml'], '--format'],
])('%j is refused', async (args, message) => {
  const { code, stdout, stderr } = await runCli(['plan', '--spec', reference, ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('a spec that cannot work has no plan', async () => {
  const file = join(temporaryFolder(), 'observability.yaml');
  writeFileSync(
    file,
    'version: 1\nservice: { name: shop, owner: shops }\nmetrics: { shop_orders: { type: counters, help: x } }\n',
  );
  const { code, stdout, stderr } = await runCli(['plan', '--spec', file]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('error');
});
