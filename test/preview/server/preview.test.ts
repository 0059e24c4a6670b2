import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Preview, PreviewOptions, PreviewState } from '../../../src/preview/index.js';
import { ask } from '../../../src/preview/prometheus/ask.js';
import { describeWithPrometheus, startTestPreview } from '../../support/preview.js';
import { shopModel, smallSample } from './specs.js';
import { startUpstream } from './upstream.js';
import { eventually } from '../../support/eventually.js';

const end = 1_790_000_040;

/** A folder for temporary files, gone with the test. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'obs-gen-preview-test-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** The folders of Prometheus that there are now. */
function storages(): readonly string[] {
  return readdirSync(folder).filter((name) => name.startsWith('obs-gen-preview-'));
}

async function shop(options: Partial<PreviewOptions> = {}): Promise<Preview> {
  const preview = await startTestPreview(shopModel(), {
    now: end,
    page: [],
    sampleOf: () => smallSample(end, 7),
    ...options,
  });
  onTestFinished(() => preview.close());
  return preview;
}

async function get<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

async function valueOf(preview: Preview, query: string): Promise<string | undefined> {
  const url = `${preview.url}prometheus/api/v1/query?query=${encodeURIComponent(query)}&time=${end}`;
  interface Result {
    readonly data: { readonly result: readonly { readonly value: readonly [number, string] }[] };
  }
  return (await get<Result>(url)).data.result[0]?.value[1];
}

/** Collects the generations that a page is told. */
async function generations(preview: Preview): Promise<number[]> {
  const seen: number[] = [];
  const gone = new AbortController();
  onTestFinished(() => {
    gone.abort();
  });
  const response = await fetch(`${preview.url}api/events`, { signal: gone.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  void (async () => {
    for await (const chunk of response.body ?? []) {
      for (const [, data = ''] of Buffer.from(chunk as Uint8Array)
        .toString()
        .matchAll(/^data: (.*)$/gm))
        seen.push((JSON.parse(data) as { generation: number }).generation);
    }
  })().catch(() => undefined);
  return seen;
}

describeWithPrometheus('made-up data', () => {
  it('a query that comes before the data waits for it; the last hours come first, the others take over', async () => {
    const preview = await shop();
    expect(await valueOf(preview, 'stock')).toBe('7');
    await preview.ready;
    expect(await valueOf(preview, 'count_over_time(stock[2h])')).toBe('481');
    expect(await valueOf(preview, 'rate(orders_total[1m])')).toBe('1');
  });

  it('says what there is to see', async () => {
    const preview = await shop();
    await preview.ready;
    const state = await get<PreviewState>(`${preview.url}api/state`);
    expect(state).toMatchObject({
      service: 'shop',
      mode: 'sample',
      now: end,
      scrapeInterval: 15,
      prometheus: { available: true },
      problems: [],
    });
    expect(state.prometheus.version).toMatch(/^\d+\.\d+/);
    expect(state.dashboards).toContainEqual({ name: 'orders', title: 'Orders', topic: null });
    const board = await get<{ title: string; panels: unknown[] }>(`${preview.url}api/dashboards/orders`);
    expect(board).toMatchObject({ title: 'Orders', schemaVersion: 42 });
    expect(await get(`${preview.url}api/logs?query=abc`)).toMatchObject({
      lines: [{ fields: { message: 'abc' } }],
    });
    expect(await get(`${preview.url}api/traces`)).toMatchObject({ traces: [{ status: 'ok' }] });
  });

  it('a mistake in a query is told as Prometheus tells it', async () => {
    const preview = await shop();
    const response = await fetch(`${preview.url}prometheus/api/v1/query?query=sum(`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ status: 'error', errorType: 'bad_data' });
  });

  it('keeps its files to itself, and leaves none and no process behind', async () => {
    const preview = await shop();
    await preview.ready;
    const [storage = ''] = storages();
    expect(statSync(join(folder, storage)).mode & 0o777).toBe(0o700);
    expect(storages()).toHaveLength(1);
    await preview.close();
    expect(readdirSync(folder)).toEqual([]);
    await expect(fetch(preview.url)).rejects.toThrow();
  });

  it('ends at once while the data is being made', async () => {
    const preview = await shop();
    const waiting = fetch(`${preview.url}prometheus/api/v1/query?query=stock`).catch(() => undefined);
    await preview.close();
    await waiting;
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a change of the spec is told and shown, and other data takes over while the old one answers', async () => {
    let stock = 7;
    const preview = await shop({ sampleOf: () => smallSample(end, stock) });
    await preview.ready;
    const seen = await generations(preview);
    const before = preview.state().generation;
    stock = 8;
    const updated = preview.update({
      model: shopModel('  returns_total: { type: counter, help: Returns. }\n'),
      problems: [],
    });
    expect(preview.state().generation).toBeGreaterThan(before);
    const values = new Set<string | undefined>();
    const over = new AbortController();
    void updated.then(() => {
      over.abort();
    });
    while (!over.signal.aborted) values.add(await valueOf(preview, 'stock'));
    values.add(await valueOf(preview, 'stock'));
    expect([...values]).toEqual(['7', '8']);
    expect(storages()).toHaveLength(1);
    await eventually(() => {
      expect(seen.at(-1)).toBe(preview.state().generation);
    });
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
  });

  it('the same data is not fed twice', async () => {
    const preview = await shop();
    await preview.ready;
    const [before] = storages();
    await preview.update({ model: shopModel(), problems: [] });
    expect(storages()).toEqual([before]);
  });

  it('a spec with errors leaves what was shown, with the problems', async () => {
    const preview = await shop();
    await preview.ready;
    await preview.update({ model: undefined, problems: ['error[OBS3111]: no such label'] });
    const state = await get<PreviewState>(`${preview.url}api/state`);
    expect(state).toMatchObject({ service: 'shop', problems: ['error[OBS3111]: no such label'] });
    expect(state.dashboards.length).toBeGreaterThan(0);
    expect(await valueOf(preview, 'stock')).toBe('7');
  });

  it('a spec that has errors from the start is shown when it has none any more', async () => {
    const preview = await startTestPreview(undefined, {
      now: end,
      page: [],
      problems: ['broken'],
      sampleOf: () => smallSample(end, 9),
    });
    onTestFinished(() => preview.close());
    expect(await get(`${preview.url}api/state`)).toMatchObject({ dashboards: [], problems: ['broken'] });
    await preview.update({ model: shopModel(), problems: [] });
    expect(await get(`${preview.url}api/state`)).toMatchObject({ service: 'shop', problems: [] });
    expect(await valueOf(preview, 'stock')).toBe('9');
  });

  it('a sample that cannot be made is said to be so', async () => {
    const preview = await shop({
      sampleOf: () => {
        throw new Error('out of ideas');
      },
    });
    await preview.ready;
    expect(preview.state().prometheus).toMatchObject({
      available: false,
      reason: 'no data could be made up: Error: out of ideas',
    });
    expect((await fetch(`${preview.url}prometheus/api/v1/query?query=stock`)).status).toBe(502);
  });

  it('what Prometheus says when it does not start is shown', async () => {
    const program = join(folder, 'prometheus');
    writeFileSync(program, '#!/bin/sh\necho "no space left" >&2\nexit 1\n');
    chmodSync(program, 0o755);
    const preview = await shop({ env: { OBSGEN_PROMETHEUS: program } });
    await preview.ready;
    expect(preview.state().prometheus).toMatchObject({
      available: false,
      reason: 'Prometheus has ended while it was starting',
      help: 'no space left',
    });
    expect(storages()).toEqual([]);
  });
});

describe('without Prometheus', () => {
  it.each([
    ['on an empty PATH', {}, 'there is no prometheus on the PATH', 'apt-get install prometheus'],
    [
      'where the environment is wrong',
      { OBSGEN_PROMETHEUS: '/nowhere/prometheus' },
      'there is no program at /nowhere/prometheus',
      'OBSGEN_PROMETHEUS',
    ],
  ])('%s, the dashboards are there and say what is missing', async (_, env, reason, help) => {
    mkdirSync(join(folder, 'bin'));
    const preview = await shop({ env: { PATH: join(folder, 'bin'), ...env } });
    await preview.ready;
    const state = await get<PreviewState>(`${preview.url}api/state`);
    expect(state).toMatchObject({ mode: 'none', now: end, prometheus: { available: false, reason } });
    expect(state.prometheus.help).toContain(help);
    expect(state.dashboards.length).toBeGreaterThan(0);
    const response = await fetch(`${preview.url}prometheus/api/v1/query?query=stock`);
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ status: 'error', error: reason });
    expect(await get(`${preview.url}api/logs`)).toMatchObject({ lines: [{ level: 'info' }] });
  });
});

describe('a Prometheus that does not answer', () => {
  it('is given up after a while', async () => {
    const upstream = await startUpstream(() => undefined);
    onTestFinished(() => upstream.close());
    const address = { url: `http://127.0.0.1:${upstream.port}`, authorization: undefined };
    await expect(ask(address, '/api/v1/query?query=up', { patience: 100 })).rejects.toMatchObject({
      kind: 'timeout',
      message: expect.stringContaining('does not answer within 0.1 s') as unknown,
    });
  });
});
