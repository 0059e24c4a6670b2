import type { Expr } from '../promql/ast.js';
import { binary, number } from '../promql/build.js';
import { printPromql } from '../promql/print.js';
import type { Item } from './document.js';
import { declare, type ExternalEntry } from './external.js';
import type { Library } from './library.js';
import { counted, overWindow, rated, readQuery, shareOf, type Counted } from './queries.js';

/** An SLI as the spec writes it. */
export type SpecSli = Readonly<Record<string, unknown>>;

/** How an objective of OpenSLO is counted: keys of the objective that its indicator is read with. */
export interface Counting {
  readonly method: 'Occurrences' | 'Timeslices' | 'RatioTimeslices';
  readonly objective: Item;
}

const promqlSources = /^(?:prometheus|promql|mimir|thanos|cortex|victoria-?metrics|amp|gmp)$/i;
const operators: Readonly<Record<string, string>> = { lte: '<=', lt: '<', gte: '>=', gt: '>' };

/** Reads indicators into SLIs of the spec. */
export class SliImport {
  readonly #library: Library;
  readonly external = new Map<string, ExternalEntry>();

  constructor(library: Library) {
    this.#library = library;
  }

  /** The PromQL of a metric source; undefined where there is none, which is noted. */
  #source(metric: Item): Expr | undefined {
    const library = this.#library;
    const source = metric.get('metricSource');
    if (source === undefined) {
      library.note('error', metric, 'it has no metricSource');
      return undefined;
    }
    const reference = source.get('metricSourceRef');
    const own = source.get('type');
    const data =
      own === undefined && reference !== undefined ? library.refer('DataSource', reference) : undefined;
    if (own === undefined && reference !== undefined && data === undefined) return undefined;
    const type = own ?? data?.get('spec', 'type');
    if (type?.text !== undefined && !promqlSources.test(type.text)) {
      library.note('error', type, `the source is ${type.text}, and only PromQL can be read`);
      return undefined;
    }
    const spec = source.get('spec');
    const query = ['query', 'promql', 'expr'].map((key) => spec?.get(key)).find((each) => each !== undefined);
    const found = query ?? (spec?.text === undefined ? undefined : spec);
    if (found?.text === undefined) {
      library.note('error', spec ?? source, 'there is no PromQL: it is read from spec.query');
      return undefined;
    }
    if (type === undefined) library.note('assumed', source, 'it names no type of source: read as PromQL');
    const read = readQuery(found.text);
    if ('expr' in read) return read.expr;
    library.note('error', found, `the query is no PromQL: ${read.fault}`);
    return undefined;
  }

  #share(expr: Expr, at: Item): SpecSli {
    const text = printPromql(expr);
    declare(this.external, expr, false);
    if (text.includes('[$window:'))
      this.#library.note(
        'assumed',
        at,
        'a value without a range is averaged over the window by a subquery, which is slow',
      );
    return { query: text, unit: 'ratio' };
  }

  #ratio(ratio: Item): SpecSli | undefined {
    const library = this.#library;
    const [good, bad, total] = [ratio.get('good'), ratio.get('bad'), ratio.get('total')];
    const part = good ?? bad;
    if (part === undefined || total === undefined) {
      library.note('error', ratio, 'it needs total, and good or bad');
      return undefined;
    }
    const [partExpr, totalExpr] = [this.#source(part), this.#source(total)];
    if (partExpr === undefined || totalExpr === undefined) return undefined;
    const [some, all] = [counted(partExpr), counted(totalExpr)];
    const isCounter = ratio.get('counter')?.flag !== false;
    if (some !== undefined && all !== undefined && (isCounter || (some.isRated && all.isRated))) {
      this.#loseGroups(some, all, total);
      const isPlain = some.expr.kind === 'selector' && all.expr.kind === 'selector';
      if (isPlain) return this.#events(some.expr, all.expr, good !== undefined);
      // An SLI counts one metric: sums of several are a share.
      return this.#share(shareOf(rated(some.expr), rated(all.expr), good !== undefined), part);
    }
    const share = shareOf(overWindow(partExpr), overWindow(totalExpr), good !== undefined);
    return this.#share(share, part);
  }

  #loseGroups(some: Counted, all: Counted, at: Item): void {
    const groups = [...new Set([...some.groups, ...all.groups])];
    if (groups.length === 0) return;
    this.#library.note(
      'lost',
      at,
      `grouping by ${groups.join(', ')}: declare the labels, and list them under \`by\` of the SLO`,
    );
  }

  #events(some: Expr, all: Expr, isGood: boolean): SpecSli {
    declare(this.external, some, true);
    declare(this.external, all, true);
    return { events: { total: printPromql(all), [isGood ? 'good' : 'bad']: printPromql(some) } };
  }

  #raw(ratio: Item, raw: Item): SpecSli | undefined {
    const expr = this.#source(raw);
    if (expr === undefined) return undefined;
    const type = ratio.get('rawType')?.text;
    if (type !== 'success' && type !== 'failure') {
      this.#library.note('error', ratio.get('rawType') ?? ratio, 'raw needs rawType: success or failure');
      return undefined;
    }
    const value = overWindow(expr);
    return this.#share(type === 'success' ? binary('-', number(1), value) : value, raw);
  }

  /** Slices of time: those in which the share of good events reaches a target are good. */
  #slices(ratio: Item, { objective }: Counting): SpecSli | undefined {
    const target = objective.get('timeSliceTarget');
    const share = this.#goodShare(ratio);
    if (share === undefined) return undefined;
    if (target?.digits === undefined) {
      this.#library.note('error', target ?? objective, 'Timeslices need timeSliceTarget');
      return undefined;
    }
    this.#library.note('assumed', target, 'each evaluation of the rules is a slice');
    declare(this.external, share, false);
    return { timeSlice: { query: printPromql(share), op: '>=', value: Number(target.digits) } };
  }

  #goodShare(ratio: Item): Expr | undefined {
    const raw = ratio.get('raw');
    if (raw !== undefined) {
      const expr = this.#source(raw);
      const isFailure = ratio.get('rawType')?.text === 'failure';
      return expr && (isFailure ? binary('-', number(1), expr) : expr);
    }
    const [good, bad, total] = [ratio.get('good'), ratio.get('bad'), ratio.get('total')];
    const part = good ?? bad;
    if (part === undefined || total === undefined) {
      this.#library.note('error', ratio, 'it needs total, and good or bad');
      return undefined;
    }
    const [some, all] = [this.#source(part), this.#source(total)];
    if (some === undefined || all === undefined) return undefined;
    const bare = [some, all].find((each) => counted(each)?.isRated === false);
    if (bare !== undefined && ratio.get('counter')?.flag !== false) {
      this.#library.note('error', part, 'a slice needs rates: write rate(...) with the length of the slice');
      return undefined;
    }
    return shareOf(some, all, good === undefined);
  }

  #threshold(metric: Item, { method, objective }: Counting): SpecSli | undefined {
    const expr = this.#source(metric);
    const [op, value] = [objective.get('op'), objective.get('value')];
    const operator = operators[op?.text ?? ''];
    if (operator === undefined || value?.digits === undefined) {
      this.#library.note(
        'error',
        op ?? value ?? objective,
        'a thresholdMetric needs op (lte, lt, gte, gt) and value',
      );
      return undefined;
    }
    if (expr === undefined) return undefined;
    if (method === 'Occurrences')
      this.#library.note('assumed', metric, 'each evaluation of the rules is an occurrence: time is counted');
    const slice = objective.get('timeSliceTarget');
    if (slice?.digits !== undefined && Number(slice.digits) < 1)
      this.#library.note('lost', slice, 'a slice that may be bad in part: each evaluation is good or bad');
    declare(this.external, expr, false);
    return { timeSlice: { query: printPromql(expr), op: operator, value: Number(value.digits) } };
  }

  /** An indicator as an SLI; undefined where it cannot be one, which is noted. */
  read(indicator: Item, counting: Counting): SpecSli | undefined {
    const library = this.#library;
    const spec = indicator.get('spec');
    const [ratio, threshold] = [spec?.get('ratioMetric'), spec?.get('thresholdMetric')];
    if (threshold !== undefined) return this.#threshold(threshold, counting);
    if (ratio === undefined) {
      library.note('error', spec ?? indicator, 'it has neither ratioMetric nor thresholdMetric');
      return undefined;
    }
    if (counting.method === 'Timeslices') return this.#slices(ratio, counting);
    if (counting.method === 'RatioTimeslices')
      library.note(
        'lost',
        ratio,
        'the average of the shares of slices: events weigh the same whenever they happen',
      );
    const raw = ratio.get('raw');
    return raw === undefined ? this.#ratio(ratio) : this.#raw(ratio, raw);
  }
}
