import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeWithPromtool } from '../support/promtool.js';
import { ended, runCli, startCli, temporaryFolder } from './run-cli.js';
import { eventually } from '../support/eventually.js';

const spec = `version: 1
service: { name: shop, owner: shop-team }
metrics:
  orders_total: { type: counter, help: Orders. }
alerts:
  OrdersMissing:
    absent: { metric: orders_total }
    for: 10m
    severity: ticket
    summary: The service exposes no orders any more.
`;

/** A folder with a spec and, where asked for, what it compiles to. */
async function workspace(options: { readonly built: boolean } = { built: true }): Promise<string> {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'observability.yaml'), spec);
  if (options.built) expect((await runCli(['build', '--quiet'], { cwd })).code).toBe(0);
  return cwd;
}

describe('test', () => {
  it('does not begin without what is to be tested, and says how to make it', async () => {
    const cwd = await workspace({ built: false });
    const { code, stdout, stderr } = await runCli(['test'], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('error[OBS4102]: `generated/prometheus/rules/shop-alerts.yaml` is missing');
    expect(stderr).toContain('run `obs-gen build` first');
  });

  it('does not test what is not what the spec compiles to', async () => {
    const cwd = await workspace();
    writeFileSync(join(cwd, 'observability.yaml'), spec.replace('10m', '20m'));
    const { code, stderr } = await runCli(['test'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('shop-alerts.yaml` is not what the spec compiles to');
  });

  it('reports what is wrong with the spec, as build does', async () => {
    const cwd = await workspace();
    writeFileSync(join(cwd, 'observability.yaml'), spec.replace('type: counter', 'typ: counter'));
    const { code, stdout } = await runCli(['test', '--format', 'json'], { cwd });
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as { diagnostics: unknown[] }).diagnostics.length).toBeGreaterThan(0);
  });

  it('says which program is missing, and how to get it', async () => {
    const cwd = await workspace();
    const { code, stderr } = await runCli(['test'], { cwd, env: { PROMTOOL: '/nowhere/promtool' } });
    expect(code).toBe(2);
    expect(stderr).toContain('error: promtool is needed, and there is no /nowhere/promtool\n');
    expect(stderr).toContain('apt-get install prometheus');
  });

  it.each([
    [['--jobs', '0'], 'error: --jobs has to be a whole number above 0'],
    [['--jobs', 'x'], 'error: --jobs has to be a whole number above 0'],
    [['--only', '('], 'error: --only ( is no regular expression'],
    [['--only', 'nothing'], 'error: --only nothing matches none of the suites'],
    [['--format', 'sarif'], 'error: --format cannot be sarif'],
  ])('%j is refused with exit code 2', async (args, message) => {
    const { code, stderr } = await runCli(['test', ...args], { cwd: await workspace() });
    expect(stderr.split('\n')[0]).toBe(message);
    expect(code).toBe(2);
  });
});

describeWithPromtool('test, with promtool', () => {
  it('passes, says what it ran, and shows no progress where there is no terminal', async () => {
    const cwd = await workspace();
    const { code, stdout, stderr } = await runCli(['test'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^programs +promtool \d+\.\d+\.\d+\nrules +1 rule in 1 file, 1 tested\n/);
    expect(stdout).toMatch(/\ntests +1 suite, \d+ scenarios?, \d+ assertions: all pass, in /);
    expect(await runCli(['test', '--quiet'], { cwd })).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('--format json', async () => {
    const cwd = await workspace();
    const { code, stdout } = await runCli(['test', '--format', 'json', '--only', 'OrdersMissing'], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      diagnostics: [],
      programs: [{ name: 'promtool' }],
      ruleFiles: [{ path: 'prometheus/rules/shop-alerts.yaml', faults: [] }],
      suites: [{ subject: 'alerts.OrdersMissing', files: [{ failures: [] }] }],
    });
  });

  it('--mutants breaks every rule, and counts what became of it', async () => {
    const cwd = await workspace();
    const { stdout } = await runCli(['test', '--mutants', '--verbose'], { cwd });
    const [, made, killed, survived, equivalent] =
      /\nmutants +(\d+) mutants: (\d+) killed, (\d+) survived, (\d+) equivalent, in /.exec(stdout) ?? [];
    expect(Number(made)).toBeGreaterThan(5);
    expect(Number(killed) + Number(survived) + Number(equivalent)).toBe(Number(made));
    expect(stdout).toContain('alert-OrdersMissing/OrdersMissing/for-1: `for: 10m` was dropped');
  });

  it('leaves no process and no folder behind when it is interrupted', async () => {
    const cwd = await workspace();
    const temporary = join(cwd, 'tmp');
    mkdirSync(temporary);
    // The tests run as ever; a mutant takes for ever.
    const script = `#!/bin/sh
case "$*" in *rules.test.yaml*) echo $$ > '${join(cwd, 'pid')}'; exec sleep 60;; *) exec promtool "$@";; esac
`;
    writeFileSync(join(cwd, 'slow-promtool'), script, { mode: 0o755 });
    const env = { PROMTOOL: join(cwd, 'slow-promtool'), TMPDIR: temporary };
    const child = startCli(['test', '--mutants'], { cwd, env });
    const end = ended(child);
    await eventually(() => {
      expect(existsSync(join(cwd, 'pid'))).toBe(true);
    });
    expect(readdirSync(temporary)).toHaveLength(1);
    child.kill('SIGINT');
    expect(await end).toMatchObject({ code: 130, stdout: '' });
    expect(readdirSync(temporary)).toEqual([]);
    const pid = Number(readFileSync(join(cwd, 'pid'), 'utf8'));
    // It has been killed by then; whoever has inherited it takes its time to look.
    await eventually(() => {
      expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    });
  });
});
