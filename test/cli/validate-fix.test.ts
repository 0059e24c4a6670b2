import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCli } from './run-cli.js';

const spec = `\ufeffversion: 1\r
service: { name: shop } # the shop\r
imports: [../shared/metrics.yaml]\r
alerts:\r
  Failing: { expr: 'rate(orders_totl[5m]) > 1', severity: ticket, summary: Orders fail. }\r
`;
const shared = '# of all services\nmetrics:\n  orders_total: { typ: counter, help: Orders. }\n';

function workspace() {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-fix-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  mkdirSync(join(folder, 'shop'));
  mkdirSync(join(folder, 'shared'));
  writeFileSync(join(folder, 'shop/observability.yaml'), spec);
  writeFileSync(join(folder, 'shared/metrics.yaml'), shared);
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
  return { folder, cwd: join(folder, 'shop'), read };
}

describe('validate --fix', () => {
  it('mends the spec and its imports, and nothing else of them', async () => {
    const { folder, cwd, read } = workspace();
    const { code, stdout } = await runCli(['validate', '--fix'], { cwd });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: '2 findings mended in 2 files (OBS2001, OBS3110); none is left\n',
    });
    expect(read('shop/observability.yaml')).toBe(spec.replace('orders_totl', 'orders_total'));
    expect(read('shared/metrics.yaml')).toBe(shared.replace('typ:', 'type:'));
    // Neither the lock nor a journal stays behind.
    expect(readdirSync(folder).sort()).toEqual(['shared', 'shop']);
  });

  it('shows the change and writes nothing with --dry-run', async () => {
    const { cwd, read } = workspace();
    const { code, stdout } = await runCli(['validate', '--fix', '--dry-run'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain(
      '-  orders_total: { typ: counter, help: Orders. }\n+  orders_total: { type: counter, help: Orders. }\n',
    );
    expect(stdout).toMatch(/2 findings would be mended in 2 files/);
    expect(read('shop/observability.yaml')).toBe(spec);
    expect(read('shared/metrics.yaml')).toBe(shared);
  });
});
