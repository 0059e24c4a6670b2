import { matcher, selector } from '../../promql/build.js';
import type { RecordingRule } from '../../promql/rule.js';
import type { Check, Scenario } from '../../prove/scenario.js';
import { flat, type Segment, type TestSeries } from '../../prove/series.js';
import { presence, presences, unknownFrom } from './fields.js';
import { devicesSeen } from './records.js';

/** Seconds between samples: short enough to be looked back on, long enough for hours of them. */
const step = 120;
const minutes = (count: number): number => (count * 60) / step;

type Labels = Readonly<Record<string, string>>;

function series(metric: string, labels: Labels, segments: readonly Segment[]): TestSeries {
  return { metric, labels: new Map(Object.entries(labels)), segments };
}

/** What a scrape gives every series. */
type Target = Readonly<Record<'job' | 'instance', string>>;

const host = (number: number): Target => ({ job: 'dcgm-exporter', instance: `10.0.0.${number}:9400` });

function device(labels: Target & Labels, segments: readonly Segment[], field: string = presence): TestSeries {
  return series(field, { gpu: '0', UUID: 'GPU-a', ...labels }, segments);
}

const [, newPresence] = presences;

/** Series that end at once after so many samples. */
function until(samples: number, value = 40): readonly Segment[] {
  return [flat(value, samples), { kind: 'stale' }];
}

type Told = readonly [labels: Labels, value: number];

function check({ record, labels: own }: RecordingRule, at: number, told: readonly Told[]): Check {
  const matchers = [...own].map(([label, value]) => matcher(label, '=', value));
  return {
    kind: 'query',
    expr: selector(record, matchers),
    at: at * step,
    results: told.map(([labels, value]) => ({
      labels: new Map([['__name__', record], ...Object.entries(labels), ...own]),
      value,
    })),
  };
}

function scenario(name: string, all: readonly TestSeries[], checks: readonly Check[]): Scenario {
  return { name, interval: step, evaluationInterval: step, series: all, checks };
}

const ends = minutes(20);
const long = minutes(150);

function up(rule: RecordingRule): Scenario {
  const [a, b, c, d] = [host(1), host(2), host(3), host(4)];
  const [e, f, g] = [host(5), host(6), host(7)];
  const named = { ...a, Hostname: 'node-a' };
  const all = [
    device(named, [flat(40, long)]),
    device({ ...named, gpu: '1' }, [flat(41, long)]),
    series('up', a, [flat(1, long)]),
    // Its exporter answers no more.
    device(b, until(ends)),
    device({ ...b, gpu: '1' }, until(ends, 50)),
    series('up', b, [flat(1, ends), flat(0, long - ends)]),
    // Taken away on purpose; what else is scraped at that address says nothing of it.
    device(c, until(ends)),
    series('up', c, until(ends, 1)),
    series('up', { ...c, job: 'node-exporter' }, [flat(1, long)]),
    // It answers, and its device does not.
    device(d, [flat(201, long)]),
    series('up', d, [flat(1, long)]),
    // As hot as can be, and scraped by somebody whose `up` is not here.
    device(e, [flat(200, long)]),
    // By the newer name, while it answers and when it does not any more.
    device(f, [flat(40, long)], newPresence),
    device(g, until(ends), newPresence),
    series('up', g, [flat(1, ends), flat(0, long - ends)]),
  ];
  const tell = (values: Readonly<Record<string, number>>): readonly Told[] =>
    Object.entries(values).map(([instance, value]) => [{ instance }, value]);
  const always = { 'node-a': 1, [d.instance]: 0, [e.instance]: 1, [f.instance]: 1 };
  return scenario(
    'gpu_collector_up: is 0 for an hour after a target that is there stops showing devices',
    all,
    [
      check(rule, minutes(10), tell({ ...always, [b.instance]: 1, [c.instance]: 1, [g.instance]: 1 })),
      check(rule, minutes(30), tell({ ...always, [b.instance]: 0, [g.instance]: 0 })),
      check(rule, minutes(70), tell({ ...always, [b.instance]: 0, [g.instance]: 0 })),
      check(rule, minutes(90), tell(always)),
    ],
  );
}

function seen(rule: RecordingRule): Scenario {
  const [a, b] = [{ ...host(1), hostname: 'node-a' }, host(2)];
  const all = [
    device(a, [flat(40, ends)]),
    // For two pods.
    device({ ...a, gpu: '1', pod: 'pod-0' }, [flat(200, ends)]),
    device({ ...a, gpu: '1', pod: 'pod-1' }, [flat(200, ends)]),
    device({ ...a, gpu: '2' }, [flat(201, ends)]),
    device({ ...a, gpu: '3' }, [flat(unknownFrom.int32, ends)]),
    device(b, [flat(40, ends)]),
    // By the newer name.
    device({ ...b, gpu: '1' }, [flat(40, ends)], newPresence),
    device({ ...b, gpu: '2' }, [flat(201, ends)], newPresence),
  ];
  return scenario(`${rule.record}: counts devices that can be read, once each`, all, [
    check(rule, minutes(4), [
      [{ instance: 'node-a' }, 2],
      [{ instance: b.instance }, 2],
    ]),
  ]);
}

function expected(rule: RecordingRule): Scenario {
  const [a, b] = [{ ...host(1), Hostname: 'node-a' }, host(2)];
  const hours = (count: number): number => minutes(60 * count);
  const all = [
    device(a, [flat(40, hours(14))]),
    device({ ...a, gpu: '1' }, until(ends)),
    device({ ...a, gpu: '2' }, [flat(201, hours(14))]),
    device({ ...a, gpu: '3' }, [flat(unknownFrom.int32, hours(14))]),
    device(b, [flat(200, hours(14))]),
  ];
  const told = (devices: number): readonly Told[] => [
    [{ instance: 'node-a' }, devices],
    [{ instance: b.instance }, 1],
  ];
  return scenario('gpu_collector_expected_devices: is what was seen at most in the last six hours', all, [
    check(rule, minutes(10), told(2)),
    check(rule, hours(5), told(2)),
    check(rule, hours(7), told(1)),
  ]);
}

function driver(rule: RecordingRule): Scenario {
  const named = { ...host(1), Hostname: 'node-a', DCGM_FI_DRIVER_VERSION: '590.48.01' };
  const all = [
    device(named, [flat(40, ends)]),
    device({ ...named, gpu: '1' }, [flat(50, ends)]),
    device({ ...host(2), DCGM_FI_DRIVER_VERSION: '610.57.04' }, [flat(40, ends)]),
    device(host(3), [flat(40, ends)]),
    // By the newer names of the label, of the field and of both.
    device({ ...host(4), DCGM_FI_SYSTEM_DRIVER_VERSION: '620.1' }, [flat(40, ends)]),
    device({ ...host(5), DCGM_FI_DRIVER_VERSION: '620.2' }, [flat(40, ends)], newPresence),
    device({ ...host(6), DCGM_FI_SYSTEM_DRIVER_VERSION: '620.3' }, [flat(40, ends)], newPresence),
    device(host(7), [flat(40, ends)], newPresence),
  ];
  return scenario('gpu_driver_info: is there once a host, where the exporter tells the driver', all, [
    check(rule, minutes(4), [
      [{ instance: 'node-a', driver: '590.48.01' }, 1],
      [{ instance: host(2).instance, driver: '610.57.04' }, 1],
      [{ instance: host(4).instance, driver: '620.1' }, 1],
      [{ instance: host(5).instance, driver: '620.2' }, 1],
      [{ instance: host(6).instance, driver: '620.3' }, 1],
    ]),
  ]);
}

/** The scenarios of what is recorded of a host and not of a device. */
export function collectorScenarios(rule: RecordingRule): readonly Scenario[] {
  switch (rule.record) {
    case 'gpu_collector_up':
      return [up(rule)];
    case devicesSeen:
    case 'gpu_collector_devices':
      return [seen(rule)];
    case 'gpu_collector_expected_devices':
      return [expected(rule)];
    case 'gpu_driver_info':
      return [driver(rule)];
    default:
      return [];
  }
}
