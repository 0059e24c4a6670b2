import { expect, it } from 'vitest';
import { leastDeviatingEvents } from '../../../src/alerts/conditions.js';
import { describeWithPromtool } from '../../support/promtool.js';
import { expectBehaviour, expectValid, firing, ruleFiles, silent } from './rules.js';

const spec = `
version: 1
service: { name: shop, owner: team-a, runbooks: https://runbooks.example.com/shop }
presets: [security]
target: { prometheus: { scrapeInterval: 1m, evaluationInterval: 1m } }
labels:
  queue: { description: Queue., values: [intake, crawl] }
  model: { description: Model., values: [large, small] }
  reason: { description: Reason., values: [timeout, refused] }
metrics:
  queue_depth: { type: gauge, help: Depth., labels: [queue] }
  disk_free_bytes: { type: gauge, help: Free. }
  calls_total: { type: counter, help: Calls., labels: [model] }
  fallbacks_total: { type: counter, help: Fallbacks., labels: [model, reason] }
  load_ratio: { type: gauge, help: Load., labels: [model] }
security:
  events:
    auth.failed: { severity: medium, fields: { source_ip: ip }, alert: { above: 20, per: 5m, by: source_ip } }
    quiet.event: { severity: low, fields: { tool: string } }
alerts:
  QueueLong: { expr: 'max by (queue) (queue_depth) > 500', for: 10m, severity: ticket, summary: 'Queue {{ $labels.queue }} holds {{ $value }}.' }
  FallbacksHigh:
    ratio: { part: fallbacks_total, whole: calls_total, by: [model], over: 10m, above: 0.05, minEvents: 20 }
    for: 5m
    severity: ticket
    summary: 'Calls to {{ $labels.model }} fall back.'
  AnswersLow:
    ratio: { part: 'calls_total{model="small"}', whole: calls_total, over: 10m, below: 0.2 }
    severity: info
    summary: Few calls go to the small model.
  CallsGone: { absent: { metric: calls_total }, for: 5m, severity: page, summary: No calls are exposed. }
  SmallGone: { absent: { metric: 'calls_total{model="small"}' }, severity: ticket, summary: '{{ $labels.model }} is gone.' }
  LoadUnusual: { anomaly: { query: 'avg by (model) (load_ratio)', season: 2h, deviations: 3 }, for: 5m, severity: ticket, summary: Load is unusual. }
  FallbacksMany: { ratio: { part: fallbacks_total, whole: calls_total, over: 10m, above: 0.05 }, severity: ticket, summary: Fallbacks. }
  FallbacksEver: { ratio: { part: fallbacks_total, whole: calls_total, over: 10m, above: 0.05, minEvents: 0 }, severity: ticket, summary: Fallbacks. }
  QueueWillOverflow: { forecast: { metric: queue_depth, by: [queue], horizon: 1h, over: 30m, above: 5000 }, for: 5m, severity: ticket, summary: Soon full. }
  QueueSoonFull: { forecast: { metric: queue_depth, by: [queue], horizon: 10m, over: 30m, above: 5000 }, severity: info, summary: Soon full. }
  DiskWillFill: { forecast: { metric: disk_free_bytes, horizon: 4h, over: 30m, below: 1000 }, severity: page, summary: Soon full. }
`;

/** Anomalies of their own: every scenario evaluates every rule of a file, for days. */
const anomalies = `
version: 1
service: { name: shop, owner: team-a }
target: { prometheus: { scrapeInterval: 1m, evaluationInterval: 1m } }
labels:
  owner_service: { description: Service., as: service, values: [a, b] }
metrics:
  load_total_ratio: { type: gauge, help: Load. }
  shared_ratio: { type: gauge, help: Load of others., labels: [owner_service] }
  busy_seconds: { type: gauge, help: Busy. }
  open_seconds: { type: gauge, help: Open. }
alerts:
  LoadHigh: { anomaly: { query: load_total_ratio, season: 2h, deviations: 3, direction: above, minimum: 2 }, severity: ticket, summary: Load is high. }
  LoadLow: { anomaly: { query: load_total_ratio, season: 2h, deviations: 3, direction: below, minimum: 2 }, severity: ticket, summary: Load is low. }
  BusyUnusual: { anomaly: { query: busy_seconds / open_seconds, season: 2h, deviations: 3 }, severity: ticket, summary: Busy. }
  SharedUnusual: { anomaly: { query: shared_ratio, season: 2h, deviations: 3 }, severity: ticket, summary: Shared. }
`;

describeWithPromtool('alert rules', () => {
  const files = ruleFiles(spec);

  it('pass promtool check rules', () => {
    expectValid(files);
    expect(Object.keys(files)).toEqual(['shop-alerts.yaml']);
  });

  it('on an expression fire after the time given and stay silent below the limit', () => {
    expectBehaviour(files, {
      expr: {
        series: {
          'queue_depth{queue="intake",instance="a"}': '400x30 501x30',
          'queue_depth{queue="crawl",instance="a"}': '500x60',
        },
        expect: [
          silent('QueueLong', '30m'),
          silent('QueueLong', '40m'),
          firing('QueueLong', '42m', 'queue=intake'),
        ],
      },
    });
  });

  it('on a ratio count events, take a missing part for none, and know idleness', () => {
    expectBehaviour(files, {
      'more than a twentieth': {
        series: {
          'calls_total{model="large"}': '0+10x60',
          'calls_total{model="small"}': '0+10x60',
          'fallbacks_total{model="large",reason="timeout"}': '0+0.4x60',
          'fallbacks_total{model="large",reason="refused"}': '0+0.2x60',
          'fallbacks_total{model="small",reason="timeout"}': '0+0.4x60',
        },
        expect: [silent('FallbacksHigh', '4m'), firing('FallbacksHigh', '40m', 'model=large')],
      },
      'too few calls': {
        series: {
          'calls_total{model="large"}': '0+1x60',
          'fallbacks_total{model="large",reason="timeout"}': '0+1x60',
        },
        expect: [
          silent('FallbacksHigh', '40m'),
          // Only the number of calls keeps it silent: the ratio is far beyond the limit.
          {
            expr: 'sum(rate(fallbacks_total[10m])) / sum(rate(calls_total[10m])) > bool 0.05',
            at: '40m',
            is: { '{}': 1 },
          },
        ],
      },
      'nothing fell back yet': {
        series: { 'calls_total{model="large"}': '0+100x60' },
        expect: [silent('FallbacksHigh', '40m'), firing('AnswersLow', '40m', '')],
      },
      idle: {
        series: { 'calls_total{model="large"}': '5x60', 'calls_total{model="small"}': '5x60' },
        expect: [silent('FallbacksHigh', '40m'), silent('AnswersLow', '40m')],
      },
      'enough on the small model': {
        series: { 'calls_total{model="large"}': '0+70x60', 'calls_total{model="small"}': '0+30x60' },
        expect: [silent('AnswersLow', '40m')],
      },
    });
  });

  it('on absence fire for a service that stops and for one that never started', () => {
    expectBehaviour(files, {
      stops: {
        series: { 'calls_total{model="large"}': '0+1x30 _x60' },
        expect: [
          silent('CallsGone', '35m'),
          firing('CallsGone', '45m', ''),
          firing('SmallGone', '20m', 'model=small'),
        ],
      },
      'never started': {
        series: { up: '0x30' },
        expect: [silent('CallsGone', '4m'), firing('CallsGone', '6m', '')],
      },
    });
  });

  it('on a forecast fire while a limit is approached, not on noise, decline or too little history', () => {
    const seconds = (minutes: number): string => `${minutes}m`;
    expectBehaviour(files, {
      // 50 a minute: 3000 more within the hour of the forecast, so that 5000 is in reach from 2000 on, after 40 minutes.
      rising: {
        series: { 'queue_depth{queue="intake"}': '0+50x200' },
        expect: [
          silent('QueueWillOverflow', seconds(38)),
          firing('QueueWillOverflow', seconds(50), 'queue=intake'),
          firing('QueueWillOverflow', seconds(150), 'queue=intake'),
        ],
      },
      'beyond the limit': {
        series: { 'queue_depth{queue="intake"}': '6000x60' },
        expect: [firing('QueueWillOverflow', seconds(30), 'queue=intake')],
      },
      'high and falling': {
        series: { 'queue_depth{queue="intake"}': '4900-10x60' },
        expect: [silent('QueueWillOverflow', seconds(30)), silent('QueueWillOverflow', seconds(60))],
      },
      'too little history': {
        series: { 'queue_depth{queue="intake"}': '_x40 0+100x30' },
        // Half of the 30 minutes are asked for: known from minute 54 on, pending for five more.
        expect: [
          silent('QueueWillOverflow', seconds(52)),
          silent('QueueSoonFull', seconds(52)),
          firing('QueueWillOverflow', seconds(62), 'queue=intake'),
        ],
      },
      // The line through the past still ends far above the limit, but the queue has been emptied.
      emptied: {
        series: { 'queue_depth{queue="intake"}': '20000x30 100x30' },
        expect: [firing('QueueSoonFull', seconds(30), 'queue=intake'), silent('QueueSoonFull', seconds(32))],
      },
      'the other side': {
        series: { disk_free_bytes: '100000-400x300' },
        // 24 minutes' worth of 400 a minute are left when 1000 is four hours away: 100000 - 400 t - 96000 = 1000 at t = 7.5.
        expect: [silent('DiskWillFill', seconds(6)), firing('DiskWillFill', seconds(60), '')],
      },
      'filling up again': {
        series: { disk_free_bytes: '2000+100x60' },
        expect: [silent('DiskWillFill', seconds(40))],
      },
    });
  });

  it('on an anomaly learn for some seasons, then know the season from a surprise', () => {
    // A season of two hours: an hour at 10, an hour at 50, with a ripple; then a level of 50 where 10 is usual.
    const season = (shift: number): string =>
      `${Array.from({ length: 60 }, (_, minute) => String(10 + (minute % 3) + shift)).join(' ')} ${Array.from({ length: 60 }, (_, minute) => String(50 + (minute % 3) + shift)).join(' ')}`;
    const usual = Array.from({ length: 6 }, () => season(0)).join(' ');
    const surprise = Array.from({ length: 30 }, () => '50').join(' ');
    expectBehaviour(files, {
      season: {
        series: { 'load_ratio{model="large",instance="a"}': `${usual} ${surprise}` },
        expect: [
          // Two seasons to know the usual level, half a one to know the usual distance from it, a season ago.
          { expr: 'anomaly:deviation', at: '6h50m' },
          { expr: 'count(anomaly:deviation)', at: '7h10m', is: { '{}': 1 } },
          ...['5h30m', '7h', '9h30m', '11h30m', '12h'].map((at) => silent('LoadUnusual', at)),
          firing('LoadUnusual', '12h10m', 'model=large'),
          firing('LoadUnusual', '12h29m', 'model=large'),
        ],
      },
      'a flat line that stays flat': {
        series: { 'load_ratio{model="large",instance="a"}': '5x900' },
        expect: [
          silent('LoadUnusual', '14h'),
          {
            expr: 'anomaly:deviation > bool 0',
            at: '14h',
            is: { '{anomaly="LoadUnusual",service="shop",model="large"}': 1 },
          },
        ],
      },
      'nothing at all': {
        series: { 'load_ratio{model="large",instance="a"}': '0x900' },
        expect: [silent('LoadUnusual', '14h')],
      },
      'too short a history': {
        series: { 'load_ratio{model="large",instance="a"}': '10x120 500x20' },
        expect: [silent('LoadUnusual', '2h15m')],
      },
    });
  });

  it('on a ratio without a number of events ask for some that deviate', () => {
    expect([
      leastDeviatingEvents({ above: 0.05, below: undefined }),
      leastDeviatingEvents({ above: 0.5, below: undefined }),
      leastDeviatingEvents({ above: 0.9, below: undefined }),
      leastDeviatingEvents({ above: undefined, below: 0.9 }),
      leastDeviatingEvents({ above: undefined, below: 0.2 }),
      leastDeviatingEvents({ above: 0, below: undefined }),
    ]).toEqual([4, 4, 36, 4, 16, 0]);
    const calls = 'calls_total{model="large"}';
    const fallbacks = 'fallbacks_total{model="large",reason="timeout"}';
    expectBehaviour(files, {
      // Ten calls in ten minutes, all of which fall back: few, but no chance.
      'a quiet hour in which everything fails': {
        series: { [calls]: '0+1x60', [fallbacks]: '0+1x60' },
        expect: [firing('FallbacksMany', '40m', '')],
      },
      'two of three': {
        series: { [calls]: '0x20 1 2 3x40', [fallbacks]: '0x20 1 2x40' },
        expect: [
          silent('FallbacksMany', '22m'),
          silent('FallbacksMany', '26m'),
          firing('FallbacksEver', '24m', ''),
        ],
      },
    });
  });

  it('on an anomaly know a direction and a minimum, and are not thrown off by what is no number', () => {
    const flat = (value: number, from: number, to: number): string => `${value}x${to - from - 1}`;
    // A season of two hours at 10, and a ripple so that there is a deviation; then twice and half as much.
    const level = (usual: number, after: number): string => `${flat(usual, 0, 440)} ${flat(after, 440, 480)}`;
    expectBehaviour(ruleFiles(anomalies), {
      above: {
        series: { load_total_ratio: level(10, 20) },
        expect: [firing('LoadHigh', '7h50m', ''), silent('LoadLow', '7h50m')],
      },
      below: {
        series: { load_total_ratio: level(10, 5) },
        expect: [silent('LoadHigh', '7h50m'), firing('LoadLow', '7h50m', '')],
      },
      'below the minimum': {
        series: { load_total_ratio: level(1.9, 20) },
        expect: [
          silent('LoadHigh', '7h50m'),
          {
            expr: 'anomaly:residual{anomaly="LoadHigh"} > bool 3 * anomaly:deviation{anomaly="LoadHigh"}',
            at: '7h50m',
            is: { '{anomaly="LoadHigh",service="shop"}': 1 },
          },
        ],
      },
      // 0 / 0 for an hour: without values that are numbers there is none in the records either, and later seasons have a deviation.
      'no number': {
        series: {
          busy_seconds: `${flat(10, 0, 300)} ${flat(0, 300, 360)} ${flat(10, 360, 560)}`,
          open_seconds: `${flat(10, 0, 300)} ${flat(0, 300, 360)} ${flat(10, 360, 560)}`,
        },
        expect: [
          { expr: 'anomaly:value{anomaly="BusyUnusual"}', at: '5h30m' },
          { expr: 'count(anomaly:value != anomaly:value)', at: '9h' },
          ...['7h30m', '8h', '9h', '9h15m'].map((at) => silent('BusyUnusual', at)),
          { expr: 'count(anomaly:deviation{anomaly="BusyUnusual"} > 0)', at: '9h', is: { '{}': 1 } },
        ],
      },
      // Ten percent more in each season: far above the mean of the past, and as far as it always is.
      'steady growth': {
        series: {
          load_total_ratio: Array.from({ length: 7 }, (_, season) => flat(100 * 1.02 ** season, 0, 120)).join(
            ' ',
          ),
        },
        expect: ['8h', '10h', '12h', '13h'].map((at) => silent('LoadHigh', at)),
      },
    });
  });

  it('on an anomaly keep a label service of the query', () => {
    expectBehaviour(ruleFiles(anomalies), {
      'two services': {
        series: { 'shared_ratio{service="a"}': '10x439 20x40', 'shared_ratio{service="b"}': '10x480' },
        expect: [firing('SharedUnusual', '7h50m', 'service=a')],
      },
    });
  });

  it('on a security event fire when the process detected one, also in a series that is new', () => {
    const detections = 'security_detections_total{event="auth.failed"}';
    expectBehaviour(files, {
      rises: {
        series: { [detections]: '0x10 1x30' },
        expect: [
          silent('AuthFailedDetected', '10m'),
          firing('AuthFailedDetected', '12m', 'event=auth.failed'),
          silent('AuthFailedDetected', '20m'),
        ],
      },
      appears: {
        series: { [detections]: '_x10 1x30' },
        expect: [
          silent('AuthFailedDetected', '9m'),
          firing('AuthFailedDetected', '12m', 'event=auth.failed'),
          silent('AuthFailedDetected', '20m'),
        ],
      },
      silent: {
        series: { [detections]: '0x30', 'security_detections_total{event="other"}': '0+1x30' },
        expect: [silent('AuthFailedDetected', '20m')],
      },
    });
  });
});
