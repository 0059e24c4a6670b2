import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  BudgetExceededError,
  createCost,
  type Budget,
  type BudgetLimits,
  type Cost,
  type Usage,
} from '../../src/runtime/cost/index.js';
import { applySettings } from '../../src/runtime/settings/settings.js';
import { helpersOf } from '../agents/generated.js';
import { changes } from '../agents/page.js';
import { agentSpec } from '../agents/spec.js';

const usage: Usage = { input: 60, cacheRead: 40, cacheWrite: 0, output: 20, reasoning: 10 };
const context = { service: { name: 's' }, environment: undefined, settings: {} };

describe('what is counted', () => {
  const { cost, labels } = helpersOf(agentSpec);
  for (const label of ['costAgent', 'agentAgent']) labels[label]?.register(['planner']);
  for (const label of ['costModel', 'agentModel']) labels[label]?.register(['m', 'n']);
  labels['costProvider']?.register(['openai']);

  beforeEach(() => {
    cost.setPrices({ updated: '2026-09-01', perMillionTokens: { m: { input: 1, output: 10 } } });
  });

  test('tokens by class and money by its source', async () => {
    const recorded = await changes(() => {
      expect(cost.record({ model: 'm', agent: 'planner', usage })).toMatchObject({
        amount: 0.0004,
        priced: true,
      });
      cost.record({ model: 'm', agent: 'planner', usage, reported: 0.5 });
    }, /^agent_/);
    expect(recorded).toEqual({
      'agent_cost_usd_total{model="m",agent="planner",source="local"}': 0.0004,
      'agent_cost_usd_total{model="m",agent="planner",source="provider"}': 0.5,
      'agent_tokens_total{token_class="cache_read",model="m",agent="planner"}': 80,
      'agent_tokens_total{token_class="input",model="m",agent="planner"}': 120,
      'agent_tokens_total{token_class="output",model="m",agent="planner"}': 40,
      'agent_tokens_total{token_class="reasoning",model="m",agent="planner"}': 20,
    });
  });

  test('a model without a price is counted as such, and never as free', async () => {
    const recorded = await changes(() => {
      cost.record({ model: 'n', agent: 'planner', usage });
    }, /^agent_(cost|unpriced)/);
    expect(recorded).toEqual({ 'agent_unpriced_tokens_total{model="n"}': 130 });
    // What the provider says needs no table.
    const reported = await changes(() => {
      cost.record({ model: 'n', agent: 'planner', usage, reported: 0.25 });
    }, /^agent_(cost|unpriced)/);
    expect(reported).toEqual({ 'agent_cost_usd_total{model="n",agent="planner",source="provider"}': 0.25 });
  });

  test('the age of the prices, and the daily budget', async () => {
    const recorded = await changes(() => {
      cost.setPrices({ updated: '2026-10-01', perMillionTokens: { m: { input: 1, output: 10 } } });
      cost.dailyBudget('planner', 25);
    }, /^agent_(price|cost_budget)/);
    expect(recorded).toEqual({
      'agent_cost_budget_usd{agent="planner"}': 25,
      agent_price_table_timestamp_seconds: (Date.UTC(2026, 9, 1) - Date.UTC(2026, 8, 1)) / 1000,
    });
  });

  test('amounts of another currency are not counted as dollars', async () => {
    const recorded = await changes(() => {
      cost.setPrices({ currency: 'EUR', perMillionTokens: { m: { input: 1, output: 10 } } });
      expect(cost.record({ model: 'm', agent: 'planner', usage })).toMatchObject({
        currency: 'EUR',
        amount: 0.0004,
      });
    }, /^agent_cost/);
    expect(recorded).toEqual({});
    expect(cost.component.stats?.()).toMatchObject({
      currency: 'EUR',
      notes: ['the prices are in EUR, and the spec says USD'],
    });
  });

  test('nothing where it is switched off', async () => {
    applySettings({ switches: { cost: false } });
    try {
      expect(
        await changes(() => {
          cost.record({ model: 'm', agent: 'planner', usage });
        }),
      ).toEqual({});
    } finally {
      applySettings({});
    }
  });

  test('a bill is compared with what was counted since the last one', async () => {
    const bill = { provider: 'openai', billed: 0.0008 };
    expect(cost.reconcile(bill)).toBeUndefined();
    const recorded = await changes(() => {
      for (let call = 0; call < 4; call += 1)
        cost.record({ model: 'm', agent: 'planner', provider: 'openai', usage });
      expect(cost.reconcile(bill)).toBe(0.5);
    }, /reconciliation/);
    expect(recorded).toEqual({ 'agent_cost_reconciliation_ratio{provider="openai"}': 0.5 });
    expect(cost.reconcile(bill)).toBeUndefined();
    expect(cost.reconcile({ provider: 'openai', billed: Number.NaN })).toBeUndefined();
  });

  test('an estimate before the call', () => {
    expect(cost.estimate('m', 1000, 100).amount).toBe(0.002);
    expect(cost.estimate('m', 'word '.repeat(800)).amount).toBe(0.001);
    expect(cost.estimate('m', '漢'.repeat(1000)).amount).toBe(0.001);
    expect(cost.estimate('m', '').amount).toBe(0);
    expect(cost.estimate('n', 'text').priced).toBe(false);
  });
});

describe('a budget', () => {
  const cost = createCost({ currency: 'USD', metrics: {} });
  const budget = (limits: BudgetLimits): Budget => cost.budget(limits);

  test('holds up to its limit, and aborts beyond it, once', () => {
    const one = budget({ usd: 1, tokens: 100, steps: 3 });
    const aborts = vi.fn();
    one.signal.addEventListener('abort', aborts);
    expect(one.spend({ usd: 1, tokens: 100, steps: 3 })).toBe(true);
    expect(one.exceeded).toBeUndefined();
    expect(one.spend({ tokens: 1 })).toBe(false);
    expect(one.spend({ usd: 1 })).toBe(false);
    expect(one.exceeded).toBe('tokens');
    expect(one.signal.reason).toBeInstanceOf(BudgetExceededError);
    expect(one.signal.reason).toMatchObject({
      limit: 'tokens',
      message: 'the budget of 100 tokens is exceeded',
    });
    expect(aborts).toHaveBeenCalledTimes(1);
  });

  test('sums of small amounts are exact', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1e6 }), { maxLength: 200 }), (micros) => {
        const total = micros.reduce((sum, each) => sum + each, 0);
        const one = budget({ usd: total / 1e6 });
        for (const each of micros) one.spend({ usd: each / 1e6 });
        expect(one.exceeded).toBeUndefined();
        expect(one.spent.usd).toBe(total / 1e6);
        one.spend({ usd: 1e-6 });
        expect(one.exceeded).toBe('usd');
      }),
    );
  });

  test('what is no amount spends nothing', () => {
    const one = budget({ usd: 0.1 });
    for (const usd of [Number.NaN, -1, Number.POSITIVE_INFINITY]) one.spend({ usd });
    expect(one.spent).toEqual({ usd: 0, tokens: 0, steps: 0 });
    expect(budget({}).spend({ usd: 1e9, tokens: 1e12 })).toBe(true);
  });
});

describe('the price file', () => {
  let folder: string;
  let home: string;
  const write = (text: string): void => {
    // As editors and volumes of Kubernetes do: the file is replaced.
    writeFileSync(join(folder, 'next.json'), text);
    renameSync(join(folder, 'next.json'), join(folder, 'prices.json'));
  };
  const prices = (input: number): string =>
    JSON.stringify({ updated: '2026-09-01', perMillionTokens: { m: { input } } });
  const price = (cost: Cost): number => cost.of('m', { ...usage, input: 1e6, cacheRead: 0 }).amount;

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    folder = mkdtempSync(join(tmpdir(), 'obs-gen-prices-'));
    home = process.cwd();
    process.chdir(folder);
  });
  afterEach(() => {
    vi.useRealTimers();
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });

  test('is read relative to the working directory, again when it changes, and not after the end', async () => {
    write(prices(1));
    const cost = createCost({ currency: 'USD', prices: 'prices.json', metrics: {} });
    expect(price(cost)).toBe(1);
    await cost.component.start?.(context);
    const changed = async (text: string, expected: number): Promise<void> => {
      write(text);
      vi.advanceTimersByTime(6000);
      await expect.poll(() => price(cost)).toBe(expected);
    };
    await changed(prices(2), 2);
    write('{ "perMillionTokens": ');
    vi.advanceTimersByTime(6000);
    const notes = (): unknown => cost.component.stats?.()['notes'];
    await expect.poll(notes).toEqual([expect.stringContaining('is no JSON')]);
    expect(price(cost)).toBe(2);
    await changed(prices(3), 3);
    expect(notes()).toEqual([]);
    await cost.component.close?.();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('that is missing leaves everything unpriced, says so, and is read when it comes', async () => {
    const cost = createCost({ currency: 'USD', prices: 'prices.json', metrics: {} });
    expect(cost.of('m', usage).priced).toBe(false);
    expect(cost.component.stats?.()).toMatchObject({
      models: 0,
      notes: [expect.stringContaining('cannot be read')],
    });
    await cost.component.start?.(context);
    write(prices(4));
    vi.advanceTimersByTime(6000);
    await expect.poll(() => price(cost)).toBe(4);
    await cost.component.close?.();
  });
});
