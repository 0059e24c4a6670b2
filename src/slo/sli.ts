import type { LatencySli, NativeLatencySli, Query, Sli, TimeSliceSli } from '../model/model.js';
import type { Expr, Matcher } from '../promql/ast.js';
import { aggregate, binary, by, call, duration, number, selector } from '../promql/build.js';
import { withDuration } from '../promql/walk.js';
import { bucketMatcher, eventRate, histogramPart, orZero } from './events.js';

/**
 * What an SLI comes down to: rates of events of which some are bad; time of which some is bad; or a share that the user's own query
 * yields for any window. Windows are seconds.
 */
export type Measurement =
  | {
      readonly kind: 'events';
      readonly total: (window: number) => Expr;
      /** 0 where there are events and none is bad; absent where there are none at all. */
      readonly bad: (window: number) => Expr;
    }
  /** 1 while it is bad, 0 while it is good, absent while nobody knows. */
  | { readonly kind: 'time'; readonly bad: Expr }
  | { readonly kind: 'share'; readonly bad: (window: number) => Expr };

function expressionOf(query: Query): Expr {
  if (query.expr === undefined) throw new Error('bug: a query with a fault reached the rules');
  return query.expr;
}

function badOf(total: Expr, good: Expr): Expr {
  // Extrapolation may make the good ones more than all by a hair.
  return call('clamp_min', binary('-', total, good), number(0));
}

function matchersOf({ matchers }: Pick<LatencySli, 'matchers'>): readonly Matcher[] {
  return matchers?.expr?.kind === 'selector' ? matchers.expr.matchers : [];
}

function latency(sli: LatencySli, labels: readonly string[]): Measurement {
  const matchers = matchersOf(sli);
  const { name } = sli.histogram;
  const within = [...matchers, bucketMatcher(sli.threshold.seconds)];
  const total = (window: number): Expr => eventRate(histogramPart(name, 'count', matchers), labels, window);
  return {
    kind: 'events',
    total,
    // No zero for missing buckets: a histogram has all of them or none, and a missing one must not make every event a bad one.
    bad: (window) => badOf(total(window), eventRate(histogramPart(name, 'bucket', within), labels, window)),
  };
}

/** The same for a native histogram, whose observations at most as long as the threshold are interpolated between its buckets. */
function nativeLatency(sli: NativeLatencySli, labels: readonly string[]): Measurement {
  const matchers = matchersOf(sli);
  const observed = (window: number): Expr =>
    aggregate(
      'sum',
      call('rate', selector(sli.histogram.name, matchers, { range: duration(window) })),
      by(labels),
    );
  const total = (window: number): Expr => call('histogram_count', observed(window));
  return {
    kind: 'events',
    total,
    bad: (window) => {
      const within = call('histogram_fraction', number(0), number(sli.threshold.seconds), observed(window));
      const beyond = call('clamp_min', binary('-', number(1), within), number(0));
      // The share of nothing is NaN: idle time has no bad events, and no share either.
      return orZero(binary('*', beyond, binary('>', total(window), number(0))), total(window));
    },
  };
}

/** The worst of the series of a group decides for the group. */
function worst(expr: Expr, labels: readonly string[]): Expr {
  return aggregate('max', expr, by(labels));
}

function timeSlice({ query, op, value }: TimeSliceSli, labels: readonly string[]): Measurement {
  const holds = binary(op, expressionOf(query), number(value), { bool: true });
  // 1 - …: a value that is no number does not meet the condition.
  return { kind: 'time', bad: worst(binary('-', number(1), holds), labels) };
}

/**
 * What to measure for an SLI, one result for each value of the labels.
 * @throws for a quantile, which is no share: a check refuses objectives on one
 */
export function measure(sli: Sli, labels: readonly string[]): Measurement {
  switch (sli.form) {
    case 'events': {
      const { total: all, good, bad } = sli;
      const total = (window: number): Expr => eventRate(expressionOf(all), labels, window);
      const part = good ?? bad;
      if (part === undefined) throw new Error(`bug: SLI ${sli.name} has neither good nor bad events`);
      const counted = (window: number): Expr =>
        orZero(eventRate(expressionOf(part), labels, window), total(window));
      return {
        kind: 'events',
        total,
        bad: good === undefined ? counted : (window) => badOf(total(window), counted(window)),
      };
    }
    case 'latency':
      return latency(sli, labels);
    case 'nativeLatency':
      return nativeLatency(sli, labels);
    case 'timeSlice':
      return timeSlice(sli, labels);
    case 'boolean':
      return {
        kind: 'time',
        bad: worst(binary('!=', selector(sli.gauge.name), number(1), { bool: true }), labels),
      };
    case 'freshness': {
      // The newest of all time stamps counts. Gauges start at 0: that is no time stamp but the lack of one.
      const known = binary('>', selector(sli.timestamp.name), number(0));
      const age = binary('-', call('time'), aggregate('max', known, by(labels)));
      return { kind: 'time', bad: binary('>', age, number(sli.maxAge.seconds), { bool: true }) };
    }
    case 'query': {
      const expr = expressionOf(sli.query);
      return {
        kind: 'share',
        // The comparison lets every share pass and drops NaN, the share of nothing.
        bad: (window) => binary('>=', withDuration(expr, '$window', duration(window)), number(0)),
      };
    }
    case 'quantile':
      throw new Error(`bug: an objective on the quantile ${sli.name} reached the rules`);
  }
}
