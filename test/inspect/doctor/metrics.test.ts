import { describe, expect, test } from 'vitest';
import { modelOf } from '../../support/model.js';
import { collector, prometheus, prometheusSays, tempo, tempoTrace, type Row } from './answers.js';
import { ask, part, spec } from './visit.js';
import { pace } from '../../support/pace.js';

const target = (more: object): object => ({
  labels: { job: 'shop', instance: '127.0.0.1:9464' },
  scrapePool: 'shop',
  scrapeUrl: 'http://127.0.0.1:9464/metrics',
  lastError: '',
  lastScrape: new Date().toISOString(),
  lastScrapeDuration: 0.01,
  health: 'up',
  scrapeInterval: '15s',
  scrapeTimeout: '10s',
  ...more,
});
const loki = {
  labels: { job: 'loki', instance: 'loki:3100' },
  health: 'down',
  lastError: 'connection refused',
};

describe('scrape.targets', () => {
  const targets = (...activeTargets: readonly object[]) =>
    part(prometheus({}, { '/api/v1/targets': prometheusSays({ activeTargets }) }));

  test('all are up', async () => {
    const { url } = await targets(target({}), target({ labels: { job: 'prometheus' } }));
    expect(await ask({ prometheus: url }, 'scrape.targets')).toMatchObject({
      verdict: 'ok',
      seen: '2 targets up, 1 of them the service',
    });
  });

  test.each<[string, object, string, string]>([
    [
      'it is down',
      { health: 'down', lastError: 'server returned HTTP status 401' },
      'failed',
      'shop 127.0.0.1:9464: down: server returned HTTP status 401',
    ],
    [
      'it was last scraped long ago',
      { lastScrape: new Date(Date.now() - 300_000).toISOString() },
      'failed',
      'every 15 s is asked for',
    ],
    [
      'its page is slow',
      { lastScrapeDuration: 8.5 },
      'warning',
      'a scrape takes 8.50 s of the 15 s between two',
    ],
    ['it is new', { health: 'unknown', lastScrape: '0001-01-01T00:00:00Z' }, 'warning', 'not scraped yet'],
  ])('%s', async (_, more, verdict, detail) => {
    const { url } = await targets(target(more));
    const outcome = await ask({ prometheus: url }, 'scrape.targets');
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.details?.join('\n')).toContain(detail);
  });

  test('none is the service', async () => {
    const { url } = await targets(target({ labels: { job: 'prometheus', instance: 'x' } }));
    expect(await ask({ prometheus: url }, 'scrape.targets')).toMatchObject({
      verdict: 'failed',
      seen: 'Prometheus scrapes 1 target, and none is the service (job="shop")',
    });
  });

  test('a part that does not answer here either is not told again', async () => {
    const { url } = await targets(target({}), target(loki));
    const dead = await part({ '/ready': { status: 503 } });
    const outcome = await ask({ prometheus: url, loki: dead.url }, 'scrape.targets');
    expect(outcome).toMatchObject({
      verdict: 'ok',
      seen: '1 target up, 1 of them the service; left out: Loki, which does not answer here either',
    });
    const alive = await part({ '/ready': {} });
    expect((await ask({ prometheus: url, loki: alive.url }, 'scrape.targets')).details).toEqual([
      'loki loki:3100: down: connection refused',
    ]);
  });

  test('fewer instances than expected', async () => {
    const { url } = await targets(target({}));
    const model = modelOf(`${spec}  service: { instances: 3 }\n`);
    expect((await ask({ prometheus: url }, 'scrape.targets', { model })).seen).toBe(
      '1 instance of the service, and 3 are expected',
    );
  });
});

describe('metric.service', () => {
  /** A Prometheus whose latest scrape is so many seconds from now, later with each look. */
  async function scraping(
    rows: Readonly<Record<string, readonly Row[]>>,
    moves = true,
    own = 'obsgen_dropped',
  ) {
    const started = Date.now() / 1000;
    const fake = await part(prometheus());
    const last = (): number => (moves ? Date.now() / 1000 + 0.1 : started - 1);
    let counter = 5;
    const service = await part({ '/health': {}, '/orders': () => ((counter += 1), {}) });
    fake.answer({
      '/api/v1/targets/metadata': prometheusSays([{ metric: own, type: 'counter', help: '', unit: '' }]),
      '/api/v1/query': (asked) => {
        const answer = prometheus({
          timestamp: [{ value: last() }],
          http_server_requests_total: [{ value: counter }],
          ...rows,
        })['/api/v1/query'];
        return typeof answer === 'function' ? answer(asked) : {};
      },
    });
    return { prometheus: fake.url, service: service.url };
  }
  const named = { method: 'GET', path: '/orders', body: undefined, named: true };

  test('the counter of requests moves', async () => {
    expect(await ask(await scraping({}), 'metric.service', { request: named })).toMatchObject({
      verdict: 'ok',
      seen: 'scraped after GET /orders, with 1 metric of the helpers themselves; http_server_requests_total went from 5 to 6',
    });
  });

  test('a health check that is not counted is no finding; a request that is not, is a warning', async () => {
    const addresses = await scraping({ http_server_requests_total: [{ value: 5 }] });
    expect((await ask(addresses, 'metric.service')).verdict).toBe('ok');
    expect(await ask(addresses, 'metric.service', { request: named })).toMatchObject({
      verdict: 'warning',
      seen: expect.stringContaining('http_server_requests_total has stayed at 5') as string,
    });
  });

  test('no scrape has gone well', async () => {
    const seen = 'Prometheus has no good scrape of the service: up{job="shop"} is not 1';
    expect((await ask(await scraping({ timestamp: [] }), 'metric.service')).seen).toBe(seen);
    const started = performance.now();
    const down = await scraping({ timestamp: [], 'max(up': [{ value: 0 }] });
    expect((await ask(down, 'metric.service')).seen).toBe(seen);
    // What is down is not waited for.
    expect(performance.now() - started).toBeLessThan(1500 * pace());
  });

  test('the page is that of another registry', async () => {
    expect((await ask(await scraping({}, true, 'process_cpu_seconds'), 'metric.service')).seen).toBe(
      'the page that Prometheus scrapes has no obsgen_ metrics',
    );
  });

  test('no scrape comes', async () => {
    const outcome = await ask(await scraping({}, false), 'metric.service');
    expect(outcome.seen).toBe('no scrape of the service in 2 s, and every 1 s is asked for');
  });
});

test('what only speaks the language of Prometheus is not asked what it cannot tell', async () => {
  const { url } = await part(prometheus());
  const model = modelOf(spec.replace('version: "2.42",', 'version: "3.5", dialect: mimir,'));
  for (const id of ['scrape.targets', 'access.prometheus', 'storage.retention', 'storage.samples'])
    expect(await ask({ prometheus: url }, id, { model })).toEqual({
      verdict: 'not there',
      seen: 'the metric store is no Prometheus (mimir)',
    });
});

describe('metric.probe', () => {
  async function probe(arrives: boolean) {
    let value = 0;
    const otlp = await part(
      collector((signal, body) => {
        if (signal === 'metrics' && arrives)
          value = Number(/"asDouble":([\d.]+)/.exec(JSON.stringify(body))?.[1]);
        return undefined;
      }),
    );
    const fake = await part(prometheus());
    fake.answer({
      '/api/v1/query': () =>
        prometheusSays({ resultType: 'vector', result: [{ metric: {}, value: [0, String(value)] }] }),
    });
    return ask({ collector: otlp.url, prometheus: fake.url }, 'metric.probe');
  }

  test('it arrives', async () => {
    expect((await probe(true)).verdict).toBe('ok');
  });
  test('it does not', async () => {
    const outcome = await probe(false);
    expect(outcome.verdict).toBe('failed');
    expect(outcome.todo).toContain('the half from the Collector to Prometheus is broken');
  });
});

describe('exemplar.chain', () => {
  const exemplar = (id: string, at = 1): object => ({
    seriesLabels: { __name__: 'http_server_request_duration_seconds_bucket' },
    exemplars: [{ labels: { trace_id: id }, value: '0.1', timestamp: Date.now() / 1000 - at }],
  });
  async function chain(found: readonly object[], known: readonly string[], more = {}) {
    const store = await part(tempo((id) => (known.includes(id) ? tempoTrace('shop', 'x') : { status: 404 })));
    const metrics = await part(
      prometheus(
        { 'increase(': [{ value: 3 }] },
        {
          '/api/v1/query_exemplars': ({ query }) =>
            prometheusSays(
              query.get('query')?.startsWith('http_server_request_duration') === true ? found : [],
            ),
          '/api/v1/status/flags': prometheusSays({ 'enable-feature': 'exemplar-storage' }),
          ...more,
        },
      ),
    );
    return { prometheus: metrics.url, tempo: store.url };
  }

  test('the trace is there', async () => {
    expect((await ask(await chain([exemplar('aa')], ['aa']), 'exemplar.chain')).verdict).toBe('ok');
  });

  test('the trace is not there', async () => {
    const outcome = await ask(await chain([exemplar('aa')], []), 'exemplar.chain');
    expect(outcome).toMatchObject({ verdict: 'failed', details: ['not in Tempo: aa'] });
  });

  test('tail sampling may have dropped it', async () => {
    const model = modelOf(`${spec}  sampling: { tail: { rest: 0.1, wait: 1s } }\n`);
    const addresses = await chain([exemplar('aa'), exemplar('bb', 2)], ['bb']);
    expect((await ask(addresses, 'exemplar.chain', { model })).verdict).toBe('ok');
    expect((await ask(addresses, 'exemplar.chain')).verdict).toBe('warning');
  });

  test('they have no trace', async () => {
    const none = { ...exemplar('x'), exemplars: [{ labels: { span_id: 'b' }, value: '1', timestamp: 1 }] };
    expect((await ask(await chain([none], []), 'exemplar.chain')).seen).toBe(
      '1 exemplar, and none has a trace_id',
    );
  });

  test('Prometheus keeps none', async () => {
    const off = { '/api/v1/status/flags': prometheusSays({ 'enable-feature': '' }) };
    expect(await ask(await chain([], [], off), 'exemplar.chain')).toMatchObject({
      verdict: 'failed',
      seen: 'Prometheus keeps no exemplars',
    });
    expect((await ask(await chain([], []), 'exemplar.chain')).verdict).toBe('warning');
  });

  test('a spec without them', async () => {
    const model = modelOf(
      'version: 1\nservice: { name: shop }\nstack: {}\nmetrics: { runs_total: { type: counter, help: Runs. } }\n',
    );
    expect((await ask(await chain([], []), 'exemplar.chain', { model })).verdict).toBe('not there');
  });
});

describe('storage', () => {
  const info = (more: object) =>
    part(
      prometheus(
        {},
        {
          '/api/v1/status/runtimeinfo': prometheusSays({
            reloadConfigSuccess: true,
            corruptionCount: 0,
            storageRetention: '45d',
            ...more,
          }),
        },
      ),
    );

  test.each<[object, string, string]>([
    [{}, 'ok', 'samples are kept for 45d, as the spec says'],
    [{ storageRetention: '6w3d or 10GiB' }, 'ok', 'kept for 6w3d or 10GiB, as'],
    [{ storageRetention: '15d' }, 'failed', 'the spec counts on 45d'],
    [{ storageRetention: '90d' }, 'warning', 'longer than the 45d of the spec'],
    [{ storageRetention: '' }, 'warning', 'does not say how long'],
    [{ reloadConfigSuccess: false }, 'failed', 'could not load its configuration'],
    [{ corruptionCount: 2 }, 'failed', 'damage in its write-ahead log 2 times'],
  ])('retention: %j', async (more, verdict, seen) => {
    const { url } = await info(more);
    const outcome = await ask({ prometheus: url }, 'storage.retention');
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.seen).toContain(seen);
  });

  test.each<[number, number, string, string]>([
    [100, 1000, 'ok', 'a page of the service has up to 100 series'],
    [10_000_000, 1000, 'failed', 'a page of the service has 10000000 series, more than the'],
    [100, 90_000_000, 'warning', 'Prometheus has 90000000 in its head'],
  ])('series: %d on a page, %d in the head', async (page, head, verdict, seen) => {
    const { url } = await part(
      prometheus(
        { scrape_samples: [{ value: page }], 'count(up': [{ value: 1 }] },
        { '/api/v1/status/tsdb': prometheusSays({ headStats: { numSeries: head } }) },
      ),
    );
    const service = await part({});
    const outcome = await ask({ prometheus: url, service: service.url }, 'storage.series');
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.seen).toContain(seen);
  });

  test('samples that are lost', async () => {
    const none = await part(prometheus({ head_series: [{ value: 1 }], 'increase(': [{ value: 0 }] }));
    expect((await ask({ prometheus: none.url }, 'storage.samples')).verdict).toBe('ok');
    const some = await part(
      prometheus({
        head_series: [{ value: 1 }],
        out_of_order: [{ value: 12.2 }],
        'increase(': [{ value: 0 }],
      }),
    );
    expect(await ask({ prometheus: some.url }, 'storage.samples')).toMatchObject({
      verdict: 'failed',
      details: ['samples older than the last one: 12 (prometheus_target_scrapes_sample_out_of_order_total)'],
    });
    const nothing = await part(prometheus());
    expect((await ask({ prometheus: nothing.url }, 'storage.samples')).verdict).toBe('not there');
  });
});

describe('collector.losses', () => {
  const there = { 'count({': [{ value: 1 }] };
  const lossy = { exporter_send_failed_log_records: [{ labels: { exporter: 'otlp_http/logs' }, value: 4 }] };
  const full = { queue_size: [{ labels: { exporter: 'otlp_http/traces' }, value: 0.93 }] };

  async function losses(rows: Readonly<Record<string, readonly Row[]>>, lokiIsUp = true) {
    const metrics = await part(prometheus(rows));
    const otlp = await part(collector());
    const store = await part({ '/ready': { status: lokiIsUp ? 200 : 503 } });
    return ask({ prometheus: metrics.url, collector: otlp.url, loki: store.url }, 'collector.losses');
  }

  test('nothing is lost', async () => {
    expect((await losses(there)).verdict).toBe('ok');
  });
  test('records cannot be handed on', async () => {
    expect(await losses({ ...lossy, ...there })).toMatchObject({
      verdict: 'failed',
      details: ['otlp_http/logs: 4 log records could not be handed on in 15 min'],
    });
  });
  test('because Loki does not answer, which is told already', async () => {
    expect(await losses({ ...lossy, ...there }, false)).toMatchObject({
      verdict: 'ok',
      seen: 'nothing lost in the last 15 min; left out: otlp_http/logs, whose store does not answer',
    });
  });
  test('a queue is nearly full', async () => {
    expect(await losses({ ...full, ...there })).toMatchObject({
      verdict: 'warning',
      details: ['otlp_http/traces: the queue is 93% full'],
    });
  });
  test('it is not scraped', async () => {
    expect((await losses({})).verdict).toBe('not there');
  });
});
