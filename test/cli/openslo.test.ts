import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository, runCli, temporaryFolder } from './run-cli.js';

const slo = `apiVersion: openslo/v1
kind: SLO
metadata: { name: availability }
spec:
  service: shop
  indicator:
    metadata: { name: answered }
    spec:
      ratioMetric:
        counter: true
        bad: { metricSource: { type: Prometheus, spec: { query: 'requests_total{code="500"}' } } }
        total: { metricSource: { type: Prometheus, spec: { query: requests_total } } }
  timeWindow: [{ duration: 30d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ target: 0.999 }]
`;

function written(text: string): { readonly folder: string; readonly file: string } {
  const folder = temporaryFolder();
  const file = join(folder, 'slo.yaml');
  writeFileSync(file, text);
  return { folder, file };
}

test('an import is printed, and what was taken for granted is said beside it', async () => {
  const { file } = written(slo);
  const { code, stdout, stderr } = await runCli(['openslo', 'import', file]);
  expect(code).toBe(0);
  expect(stdout).toContain('objective: 99.9\n');
  expect(stderr).toMatch(/^assumed: .*slo\.yaml:1:1: it has no alert policy/m);
});

test('a file is written once and never over another one', async () => {
  const { folder, file } = written(slo);
  const output = join(folder, 'fragment.yaml');
  expect(await runCli(['openslo', 'import', file, '--output', output])).toMatchObject({
    code: 0,
    stdout: '',
  });
  writeFileSync(output, 'mine');
  const again = await runCli(['openslo', 'import', file, '--output', output]);
  expect(again.code).toBe(2);
  expect(again.stderr).toContain('is there already');
  expect(readFileSync(output, 'utf8')).toBe('mine');
});

test('what cannot be read is an error with its place, and nothing is written', async () => {
  const { folder, file } = written(
    slo.replace('type: Prometheus, spec: { query: requests_total }', 'type: Datadog, spec: {}'),
  );
  const output = join(folder, 'fragment.yaml');
  const { code, stdout, stderr } = await runCli(['openslo', 'import', file, '--output', output]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^error: .*slo\.yaml:12:40: the source is Datadog/m);
  expect(existsSync(output)).toBe(false);
});

test.each([
  [['openslo'], 2],
  [['openslo', 'import'], 2],
  [['openslo', 'import', '/nowhere/slo.yaml'], 2],
  [['openslo', 'export', '--spec', '/nowhere/observability.yaml'], 2],
])('%j is refused', async (args, expected) => {
  const { code, stdout, stderr } = await runCli(args);
  expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
  expect(stderr).toMatch(/^error: /);
});

test('the objectives of a spec go out and come back', async () => {
  const exported = await runCli(['openslo', 'export', '--spec', join(repository, 'observability.yaml')]);
  expect(exported.code).toBe(0);
  expect(exported.stderr).toMatch(/^lost: slos\.run-success: /m);
  const { file } = written(exported.stdout);
  const { code, stdout } = await runCli(['openslo', 'import', file]);
  expect(code).toBe(0);
  for (const name of ['run-success', 'run-latency', 'queue-wait', 'http-availability'])
    expect(stdout).toContain(`  ${name}:\n`);
});

test('a spec with errors is not exported', async () => {
  const { file } = written(
    'version: 1\nservice: { name: shop }\nslos: { x: { sli: y, objective: 99, period: 30d } }\n',
  );
  const { code, stdout, stderr } = await runCli(['openslo', 'export', '--spec', file]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('OBS3004');
});
