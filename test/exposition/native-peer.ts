import fc from 'fast-check';
import type { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { moveToRegistry } from '../../src/runtime/exposition/registry.js';
import { labelledCounter, labelledGauge, labelledHistogram, openLabel } from '../../src/runtime/index.js';
import { labelText } from '../../src/runtime/metrics/label-text.js';
import type { Client } from './clients.js';

/** One call of the program. */
export interface Call {
  readonly metric: 'counter' | 'gauge' | 'histogram' | 'remove';
  readonly a: string;
  readonly b: string;
  readonly value: number;
}

/** Characters that separate, quote and escape in keys and on the page, and some of more than one byte or half a character. */
const characters = [...',:|="\\{};ab \n\té€'.split(''), '😀', '\ud83d', '\ude00'];
const text = fc.string({ unit: fc.constantFrom(...characters), maxLength: 5 });

/** Any calls, of which some meet in one row. */
export const calls: fc.Arbitrary<Call[]> = fc.array(
  fc.record({
    metric: fc.constantFrom<Call['metric']>(
      'counter',
      'counter',
      'gauge',
      'histogram',
      'histogram',
      'remove',
    ),
    a: fc.oneof(text, fc.constantFrom('x', 'y')),
    b: fc.oneof(text, fc.constantFrom('x', 'y')),
    value: fc.oneof(fc.nat({ max: 200 }), fc.double({ noNaN: true, min: 0, max: 1e6 })),
  }),
  { maxLength: 60 },
);

const a = openLabel({ key: 'peer.a', cap: 1_000_000 });
const b = openLabel({ key: 'peer.b', cap: 1_000_000 });
const buckets = [0.5, 1, 2.5, 100, 100_000];
const ours = {
  counter: labelledCounter({ name: 'peer_runs_total', help: 'Runs "\\"\nof it.', labels: { a, b } }),
  gauge: labelledGauge({ name: 'peer_depth', help: 'Depth.', labels: { a, b } }),
  histogram: labelledHistogram({ name: 'peer_seconds', help: 'Time.', labels: { a, b }, buckets }),
};

/** The same metrics twice: ours in one registry, those of a library in another. */
export class Peers {
  readonly our: Registry;
  readonly native: Registry;
  private readonly client: Client;
  private readonly counter: Counter;
  private readonly gauge: Gauge;
  private readonly histogram: Histogram;

  constructor(client: Client) {
    this.client = client;
    this.our = new client.Registry();
    this.native = new client.Registry();
    const common = { labelNames: ['a', 'b'], registers: [this.native] };
    this.counter = new client.Counter({ name: 'peer_runs_total', help: 'Runs "\\"\nof it.', ...common });
    this.gauge = new client.Gauge({ name: 'peer_depth', help: 'Depth.', ...common });
    this.histogram = new client.Histogram({ name: 'peer_seconds', help: 'Time.', buckets, ...common });
    moveToRegistry(this.our);
    for (const name of ['obsgen_dropped_total', 'obsgen_label_overflow_total', 'obsgen_signals_lost_total'])
      this.our.removeSingleMetric(name);
  }

  /** Makes the calls on both sides. The library gets label values as we keep them: cleaned. */
  call(all: readonly Call[]): void {
    for (const call of all) {
      const clean = { a: labelText(call.a), b: labelText(call.b) };
      if (call.metric === 'counter') {
        ours.counter.inc(call, call.value);
        this.counter.inc(clean, call.value);
      } else if (call.metric === 'gauge') {
        ours.gauge.set(call, call.value);
        this.gauge.set(clean, call.value);
      } else if (call.metric === 'histogram') {
        ours.histogram.observe(call, call.value);
        this.histogram.observe(clean, call.value);
      } else {
        ours.counter.remove(call);
        ours.histogram.remove(call);
        this.counter.remove(clean);
        this.histogram.remove(clean);
      }
    }
  }

  reset(): void {
    this.our.resetMetrics();
    this.native.resetMetrics();
  }

  /** Puts both registries into a format. */
  format(openMetrics: boolean): void {
    const { Registry } = this.client;
    const type = openMetrics ? Registry.OPENMETRICS_CONTENT_TYPE : Registry.PROMETHEUS_CONTENT_TYPE;
    for (const registry of [this.our, this.native]) registry.setContentType(type as never);
  }
}

/** Whether the libraries tell all label sets of some calls apart: they join names and values with separators that values may hold. */
export function areDistinctKeys(all: readonly Call[]): boolean {
  const sets = new Map(all.map((call) => [JSON.stringify([labelText(call.a), labelText(call.b)]), call]));
  const keys = Array.from(sets.values(), (call) => [labelText(call.a), labelText(call.b)] as const);
  const commas = new Set(keys.map(([left, right]) => `a:${left},b:${right},`));
  const bars = new Set(keys.map(([left, right]) => `${left}|${right}`));
  return commas.size === sets.size && bars.size === sets.size;
}

/** The lines of a page in an order of their own: rows of a metric may stand in any. */
export function sortedLines(page: string): string[] {
  return page.split('\n').sort();
}
