import { describe, expect, it } from 'vitest';
import type { DiagnosticCode } from '../../../src/diagnostics/catalogue.js';
import { modelOf } from '../../support/model.js';
import { checkout, checkoutSpec, checkPages, codesOf, goodPage, onlyFinding, pointedAt } from './support.js';

/** The good page with a part of it replaced. */
const but = (from: string | RegExp, to: string): string => {
  const changed = goodPage.replace(from, to);
  expect(changed).not.toBe(goodPage);
  return changed;
};

describe('a page that is as the spec has it', () => {
  it('has no findings, and covers all', () => {
    const result = checkPages([goodPage]);
    expect(result.diagnostics).toEqual([]);
    expect(result.coverage).toEqual([
      { signal: 'metrics', seen: [...checkout().metrics.keys()], unseen: [] },
    ]);
    expect(result.counts.samples).toBe(11);
  });

  it('says the same in OpenMetrics, where counters lose their suffix', () => {
    const page = `${goodPage.replaceAll(/# (TYPE|HELP) (\w+)_total/g, '# $1 $2')}# EOF\n`;
    expect(page).toContain('# TYPE runs counter');
    expect(checkPages([page]).diagnostics).toEqual([]);
  });

  it('may have what the runtime, Node and exporters add', () => {
    const page = `${goodPage}
# TYPE obsgen_dropped_total counter
obsgen_dropped_total{metric="x",reason="y"} 1
# TYPE process_cpu_seconds_total counter
process_cpu_seconds_total 1
# TYPE nodejs_eventloop_lag_seconds gauge
nodejs_eventloop_lag_seconds 0
# TYPE target_info gauge
target_info{service_name="checkout"} 1
# TYPE runs_created gauge
runs_created{outcome="failed"} 1700000000
# TYPE db_pool_size gauge
db_pool_size{pool="main"} 10
`;
    expect(checkPages([page]).diagnostics).toEqual([]);
  });

  it('may announce metrics that have no series yet', () => {
    const page = `${goodPage}# TYPE obsgen_dropped counter\n# HELP process_cpu_seconds CPU.\n# TYPE process_cpu_seconds counter\n# EOF\n`;
    expect(checkPages([page.replaceAll(/# (TYPE|HELP) (\w+)_total/g, '# $1 $2')]).diagnostics).toEqual([]);
  });

  it('needs no lines with types', () => {
    expect(checkPages([goodPage.replaceAll(/^#.*\n/gm, '')]).diagnostics).toEqual([]);
  });

  it('may show that a counter began again', () => {
    const later = goodPage.replace('"completed"} 5', '"completed"} 1');
    const at = (seconds: number, page: string): string =>
      `${page}# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds ${seconds}\n`;
    expect(codesOf(checkPages([at(1, goodPage), at(2, later)]))).toEqual([]);
    expect(codesOf(checkPages([at(1, goodPage), at(1, later)]))).toEqual(['OBS6032']);
  });
});

describe('a page with one fault', () => {
  it.each<readonly [DiagnosticCode, () => string, string, string]>([
    ['OBS6011', () => `${goodPage}# TYPE extra gauge\nextra 1\n`, 'extra', '`extra` is not declared'],
    ['OBS6011', () => but(/busy_ratio/g, 'busy_ratios'), 'busy_ratios', 'is not declared'],
    [
      'OBS6012',
      () => but('runs_total counter', 'runs_total gauge'),
      'gauge',
      'is a gauge, and declared as a counter',
    ],
    [
      'OBS6012',
      () => `${goodPage}# TYPE db_pool_size counter\ndb_pool_size 1\n`,
      'counter',
      '`external` says a gauge',
    ],
    [
      'OBS6012',
      () =>
        but(/tool_calls_total( counter)?/g, 'tool_calls').replace(
          '# TYPE tool_calls\n',
          '# TYPE tool_calls gauge\n',
        ),
      'tool_calls',
      'declared is `tool_calls_total`, a counter',
    ],
    [
      'OBS6013',
      () => but(/run_duration_seconds/g, 'run_duration_milliseconds'),
      'run_duration_milliseconds',
      'is in milliseconds; declared is `run_duration_seconds`',
    ],
    [
      'OBS6013',
      () =>
        `${but('# TYPE run_duration_seconds', '# UNIT run_duration_seconds milliseconds\n# TYPE run_duration_seconds').replaceAll(/# (TYPE|HELP) (\w+)_total/g, '# $1 $2')}# EOF\n`,
      'milliseconds',
      'is in milliseconds, and declared in seconds',
    ],
    [
      'OBS6014',
      () => but('le="10"', 'le="5"'),
      '# HELP run_duration_seconds Time a run took.',
      '5 is not declared, 10 is missing',
    ],
    [
      'OBS6021',
      () => but('queue="in"', 'queue="in",region="eu"'),
      'region',
      'the label `region`, which is not declared',
    ],
    ['OBS6022', () => but('{queue="in"}', ''), 'queue_depth 2', 'has no label `queue`'],
    ['OBS6023', () => but('"failed"', '"broken"'), '"broken"', '`broken`, which is not among its values'],
    [
      'OBS6031',
      () => but('busy_ratio 0.5', 'busy_ratio 50'),
      'busy_ratio 50',
      'is 50, outside of its range from 0 to 1',
    ],
    [
      'OBS6031',
      () => but('"search"} 3', '"search"} -3'),
      'tool_calls_total{tool="search"} -3',
      'cannot be negative',
    ],
    [
      'OBS6031',
      () => `${goodPage}# TYPE db_pool_size gauge\ndb_pool_size 101\n`,
      'db_pool_size 101',
      'outside of its range',
    ],
    [
      'OBS6033',
      () => but('le="1"} 4', 'le="1"} 0'),
      'run_duration_seconds_bucket{le="1"} 0',
      'less than the 1 of bucket 0.1',
    ],
    ['OBS6033', () => but('_count 6', '_count 7'), 'run_duration_seconds_count 7', 'its count is 7'],
    ['OBS6033', () => but(/.*\+Inf.*\n/, ''), 'run_duration_seconds_bucket{le="10"} 6', 'no bucket +Inf'],
    [
      'OBS6034',
      () => but('busy_ratio 0.5', 'busy_ratio 0.5\nbusy_ratio 0.6'),
      'busy_ratio 0.6',
      'stands twice',
    ],
    [
      'OBS6003',
      () => but('busy_ratio 0.5', 'busy_ratio 0.5\nqueue_depth{queue="a} 1'),
      'queue_depth{queue="a} 1',
      'cannot be read',
    ],
  ])('%s: %#', (code, page, place, words) => {
    const result = checkPages([page()]);
    expect(codesOf(result)).toEqual([code]);
    const finding = onlyFinding(result, code);
    expect(pointedAt(finding)).toBe(place);
    expect(finding.message).toContain(words);
  });

  it('says where the spec has it', () => {
    const { related } = onlyFinding(checkPages([but('"failed"', '"broken"')]), 'OBS6023');
    expect(related.map(({ range }) => range.source.text.slice(range.start, range.end))).toEqual([
      '[completed, failed]',
      'runs_total',
    ]);
  });

  it('is said once, however many series have it', () => {
    const rows = Array.from({ length: 40 }, (_, index) => `queue_depth{queue="in",n="${index}"} 1\n`).join(
      '',
    );
    const result = checkPages([goodPage.replace('queue_depth{queue="in"} 2\n', rows)]);
    const finding = onlyFinding(result, 'OBS6021');
    expect(finding.message).toContain('on 40 series');
    expect(finding.help).toContain('40 values seen');
  });

  it('lists what values there were', () => {
    const rows = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
      .map((each) => `runs_total{outcome="${each}"} 1\n`)
      .join('');
    const { message, help } = onlyFinding(
      checkPages([goodPage.replace('runs_total{outcome="failed"} 1\n', rows)]),
      'OBS6023',
    );
    expect(message).toContain('seen 7 times');
    expect(help).toContain('`a`, `b`, `c`, `d`, `e` and 2 more');
  });

  it('offers what was probably meant', () => {
    expect(onlyFinding(checkPages([but('"failed"', '"faild"')]), 'OBS6023').help).toContain('`failed`');
    expect(onlyFinding(checkPages([but('queue="in"', 'qeue="in"')]), 'OBS6021').help).toContain('`queue`');
  });
});

describe('labels that somebody else adds', () => {
  const everywhere = goodPage.replaceAll(
    /^(\w+)(?:\{(.*?)\})? (?=\d)/gm,
    (_, name: string, labels: string | undefined) =>
      `${name}{${labels === undefined ? '' : `${labels},`}app="checkout"} `,
  );

  it('are one finding where every metric has them', () => {
    expect(onlyFinding(checkPages([everywhere]), 'OBS6021').message).toBe(
      'the label `app` is on 5 metrics, and none declares it',
    );
  });

  it('can be looked past', () => {
    expect(checkPages([everywhere], { ignoreLabels: ['app'] }).diagnostics).toEqual([]);
  });

  it('are those of the scrape where the spec says so', () => {
    const model = modelOf(
      checkoutSpec.replace('owner: payments }', 'owner: payments, selector: { app: checkout } }'),
    );
    expect(checkPages([everywhere], { model }).diagnostics).toEqual([]);
  });
});

describe('caps', () => {
  const queues = (count: number, others = ''): string =>
    goodPage.replace(
      'queue_depth{queue="in"} 2\n',
      Array.from({ length: count }, (_, index) => `queue_depth{queue="q${index}"} 1\n`).join('') + others,
    );

  it('are no finding while there is room', () => {
    expect(checkPages([queues(2)]).diagnostics).toEqual([]);
  });

  it('are reached', () => {
    const finding = onlyFinding(checkPages([queues(3)]), 'OBS6025');
    expect(finding).toMatchObject({ severity: 'warning' });
    expect(finding.help).toBe('`cap: 5` makes room');
  });

  it('are reached where values share __other__', () => {
    const result = checkPages([queues(3, 'queue_depth{queue="__other__"} 9\n')]);
    const finding = onlyFinding(result, 'OBS6025');
    expect(finding.message).toContain('at its cap of 3: further values share `__other__`');
    expect(pointedAt(finding)).toBe('"__other__"');
    expect(result.observed.find(({ label }) => label.key === 'queue')).toMatchObject({
      distinct: 3,
      hasOverflow: true,
    });
  });

  it('are exceeded', () => {
    const finding = onlyFinding(checkPages([queues(9)]), 'OBS6024');
    expect(finding.message).toBe('label `queue` of `queue_depth` has 9 values, and its cap is 3');
    expect(pointedAt(finding)).toBe('"q3"');
    expect(finding.help).toContain('`cap: 15`');
  });

  it('are added up over samples', () => {
    const other = queues(1).replace('q0', 'z0');
    expect(codesOf(checkPages([queues(2), other]))).toEqual(['OBS6025']);
    expect(codesOf(checkPages([queues(3), other]))).toEqual(['OBS6024']);
  });

  it('of a registered label may be full: all that is registered is there', () => {
    const full = goodPage.replace(
      'tool_calls_total{tool="search"} 3\n',
      ['a', 'b', 'c', 'd'].map((tool) => `tool_calls_total{tool="${tool}"} 0\n`).join(''),
    );
    expect(checkPages([full]).diagnostics).toEqual([]);
  });

  it('of a registered label have room for what was not registered', () => {
    const result = checkPages([goodPage.replace('"search"} 3', '"__other__"} 3')]);
    expect(codesOf(result)).toEqual([]);
    expect(onlyFinding(result, 'OBS6026')).toMatchObject({ severity: 'info' });
  });

  it('of 1 are those of labels that have one value', () => {
    const model = modelOf(checkoutSpec.replace('Queue., cap: 3', 'Queue., cap: 1'));
    expect(checkPages([goodPage], { model }).diagnostics).toEqual([]);
    expect(codesOf(checkPages([queues(2)], { model }))).toEqual(['OBS6024']);
  });

  it('are counted with bounded memory', () => {
    const { observed } = checkPages([queues(30_000)]);
    const queue = observed.find(({ label }) => label.key === 'queue');
    expect(queue).toMatchObject({ distinct: 20_000, isAtLeast: true });
  });
});

describe('metrics that go', () => {
  const deprecated = (keys: string): ReturnType<typeof modelOf> =>
    modelOf(checkoutSpec.replace('Busy workers., range', `Busy workers., deprecated: { ${keys} }, range`));

  it('are noted until their sunset', () => {
    const result = checkPages([goodPage], {
      model: deprecated('replacedBy: queue_depth, sunset: 2027-06-30'),
    });
    expect(onlyFinding(result, 'OBS6016').message).toContain('`queue_depth` takes its place');
    expect(codesOf(result)).toEqual([]);
  });

  it('are a warning from then on', () => {
    const result = checkPages([goodPage], { model: deprecated('sunset: 2026-11-01') });
    expect(onlyFinding(result, 'OBS6017').message).toContain('its sunset was on 2026-11-01');
  });

  it('may still be there under the name that they had', () => {
    const model = (until: string): ReturnType<typeof modelOf> =>
      modelOf(
        checkoutSpec.replace(
          'Busy workers., range',
          `Busy workers., renamedFrom: { name: load_ratio, until: ${until} }, range`,
        ),
      );
    const page = `${goodPage}# TYPE load_ratio gauge\nload_ratio 0.5\n`;
    const before = checkPages([page], { model: model('2027-06-30') });
    expect(codesOf(before)).toEqual([]);
    expect(onlyFinding(before, 'OBS6016').message).toContain('`busy_ratio` takes its place');
    expect(codesOf(checkPages([page], { model: model('2026-11-01') }))).toEqual(['OBS6017']);
    expect(
      codesOf(checkPages([page.replace('load_ratio 0.5', 'load_ratio 5')], { model: model('2027-06-30') })),
    ).toEqual(['OBS6031']);
  });

  it('are not missed', () => {
    const gone = goodPage.replaceAll(/.*busy_ratio.*\n/g, '');
    const { coverage, diagnostics } = checkPages([gone], { model: deprecated('sunset: 2026-11-01') });
    expect(coverage).toMatchObject([{ unseen: [] }]);
    expect(diagnostics).toEqual([]);
  });
});

describe('coverage', () => {
  const half = goodPage.slice(0, goodPage.indexOf('# HELP tool_calls_total'));

  it('is noted', () => {
    expect(onlyFinding(checkPages([half]), 'OBS6018').message).toBe(
      '3 metrics of 5 never seen: tool_calls_total, queue_depth, busy_ratio',
    );
  });

  it('is a finding below what is asked for', () => {
    expect(codesOf(checkPages([half], { minCoverage: 0.4 }))).toEqual([]);
    const finding = onlyFinding(checkPages([half], { minCoverage: 0.41 }), 'OBS6002');
    expect(finding.message).toContain('40% of the declared metrics were seen, and at least 41% have to be');
    expect(finding.related.map(({ range }) => range.source.text.slice(range.start, range.end))).toContain(
      'busy_ratio',
    );
  });

  it('counts what has a sample: a line that says its type is none', () => {
    const { coverage } = checkPages([goodPage.replace('busy_ratio 0.5\n', '')]);
    expect(coverage).toMatchObject([{ unseen: ['busy_ratio'] }]);
  });

  it('can be asked of what did not come at all', () => {
    expect(codesOf(checkPages([goodPage], { minCoverage: 0.5, signals: ['metrics', 'spans'] }))).toEqual([
      'OBS6002',
    ]);
  });
});

describe('a page without anything', () => {
  it.each(['', '\n', '# EOF\n', '# TYPE runs_total counter\n'])('fails: %j', (page) => {
    expect(codesOf(checkPages([page]))).toEqual(['OBS6001']);
  });
});

describe('what others expose', () => {
  const page = `${goodPage}# TYPE redis_up gauge\nredis_up 1\n# TYPE redis_keys gauge\nredis_keys 1\n`;

  it('is accepted by a pattern', () => {
    expect(codesOf(checkPages([page]))).toEqual(['OBS6011', 'OBS6011']);
    expect(codesOf(checkPages([page], { allow: ['redis_*'] }))).toEqual([]);
    expect(codesOf(checkPages([page], { allow: ['redis_u?'] }))).toEqual(['OBS6011']);
  });
});

it('notes another help text', () => {
  const result = checkPages([but('Busy workers.', 'Share of workers')]);
  expect(onlyFinding(result, 'OBS6015')).toMatchObject({ severity: 'info' });
  expect(codesOf(checkPages([but('Busy workers.', 'Busy  workers')]))).toEqual([]);
});

it('stays within its bounds, whatever comes', () => {
  const flood = Array.from({ length: 5000 }, (_, index) => `nobody_knows_${index} 1\n`).join('');
  const labels = Array.from({ length: 3000 }, (_, index) => `queue_depth{queue="in",l${index}="1"} 1\n`).join(
    '',
  );
  const result = checkPages([goodPage.replace('queue_depth{queue="in"} 2\n', labels) + flood]);
  expect(result.diagnostics.length).toBeLessThanOrEqual(2010);
  expect(codesOf(result)).toContain('OBS6005');
});
