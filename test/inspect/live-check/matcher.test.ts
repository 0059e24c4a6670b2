import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Counter, Registry } from 'prom-client';
import { afterAll, describe, expect, it } from 'vitest';
import { specMatchers, toMatchSpec } from '../../../src/vitest/index.js';
import { checkoutSpec, goodPage, spanRequest } from './support.js';

expect.extend(specMatchers);

const folder = mkdtempSync(join(tmpdir(), 'obs-gen-matcher-'));
const spec = join(folder, 'observability.yaml');
writeFileSync(spec, checkoutSpec);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const bad = goodPage.replace('"failed"', '"broken"');

describe('toMatchSpec', () => {
  it('takes the text of a page, without being awaited', () => {
    expect(goodPage).toMatchSpec({ spec, minCoverage: 1 });
    expect(bad).not.toMatchSpec({ spec });
    expect('').not.toMatchSpec({ spec });
  });

  it('takes a registry of prom-client', async () => {
    const registry = new Registry();
    const runs = new Counter({
      name: 'runs_total',
      help: 'Agent runs, by how they ended.',
      labelNames: ['outcome'],
      registers: [registry],
    });
    runs.inc({ outcome: 'completed' });
    await expect(registry).toMatchSpec({ spec });
    await expect(registry).not.toMatchSpec({ spec, minCoverage: 0.5 });
    runs.inc({ outcome: 'odd' });
    await expect(registry).not.toMatchSpec({ spec });
  });

  it('takes requests of OTLP', () => {
    expect([spanRequest('agent.step', {}, 1)]).toMatchSpec({ spec });
    expect(spanRequest('agent.step', {}, 1)).toMatchSpec({ spec });
    expect([spanRequest('agent.step', {}, 2)]).not.toMatchSpec({ spec });
    expect([]).not.toMatchSpec({ spec });
  });

  it('fails with what is wrong, and where', async () => {
    const { pass, message } = await toMatchSpec(bad, { spec });
    expect(pass).toBe(false);
    expect(message()).toMatch(
      /^what came is not what the spec says\n\nerror\[OBS6023\]: label `outcome` of `runs_total` is `broken`/,
    );
    expect(message()).toContain('--> the page:4:20');
    expect(message()).toContain('it is declared as completed and failed');
    expect(message()).toMatch(/metrics {2}5 {2}of {2}5 {2}100%/);
    expect(() => {
      expect(bad).toMatchSpec({ spec });
    }).toThrow('OBS6023');
    expect(() => {
      expect(goodPage).not.toMatchSpec({ spec });
    }).toThrow('was expected not to be');
  });

  it('takes warnings for findings where it is strict', () => {
    const request = [spanRequest('agent.other', {}, 1)];
    expect(request).toMatchSpec({ spec });
    expect(request).not.toMatchSpec({ spec, strict: true });
    expect(request).toMatchSpec({ spec, strict: true, allow: ['agent.*'] });
  });

  it('says what cannot be looked at', () => {
    expect(() => toMatchSpec(Promise.resolve(goodPage), { spec })).toThrow('await it');
    expect(() => toMatchSpec('<html>', { spec })).toThrow('is HTML');
    const broken = join(folder, 'broken.yaml');
    writeFileSync(broken, checkoutSpec.replace('type: counter', 'type: counte'));
    expect(() => toMatchSpec(goodPage, { spec: broken })).toThrow('the spec has errors');
  });
});
