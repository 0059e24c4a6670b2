import type { Metric, Model } from '../model/model.js';
import { seriesNames } from '../model/series.js';
import type { Call, Expr, VectorSelector } from '../promql/ast.js';
import { binary, call } from '../promql/build.js';

/** The names of a metric's series, each with the one that it had before; none where the metric was never renamed. */
export function formerNames(metric: Metric): ReadonlyMap<string, string> {
  const { renamedFrom } = metric;
  if (renamedFrom === undefined) return new Map();
  const former = seriesNames({ ...metric, name: renamedFrom.name });
  return new Map(seriesNames(metric).map((name, index) => [name, former[index] ?? name]));
}

const known = new WeakMap<ReadonlyMap<string, Metric>, ReadonlyMap<string, string>>();

/** By the name of a series, the name that it had before. */
function allFormerNames({ metrics }: Pick<Model, 'metrics'>): ReadonlyMap<string, string> {
  const found = known.get(metrics);
  if (found !== undefined) return found;
  const names = new Map([...metrics.values()].flatMap((metric) => [...formerNames(metric)]));
  known.set(metrics, names);
  return names;
}

/** The name that a series had before; undefined where it had none. */
export function formerName(model: Pick<Model, 'metrics'>, series: string): string | undefined {
  return allFormerNames(model).get(series);
}

function bare(expr: Expr): Expr {
  return expr.kind === 'paren' ? bare(expr.expr) : expr;
}

class Bridge {
  readonly #names: ReadonlyMap<string, string>;

  constructor(names: ReadonlyMap<string, string>) {
    this.#names = names;
  }

  /** A selector under the former name, where it has one. */
  former(expr: Expr): VectorSelector | undefined {
    const plain = bare(expr);
    const name =
      plain.kind === 'selector' && plain.metric !== undefined ? this.#names.get(plain.metric) : undefined;
    return name === undefined ? undefined : { ...(plain as VectorSelector), metric: name };
  }

  expression(expr: Expr): Expr {
    switch (expr.kind) {
      case 'number':
      case 'string':
        return expr;
      case 'selector': {
        const former = this.former(expr);
        // A range belongs to a call, which sees to it.
        return former === undefined || expr.range !== undefined ? expr : binary('or', expr, former);
      }
      case 'call':
        return this.call(expr);
      case 'aggregation':
        return {
          ...expr,
          parameter: expr.parameter && this.expression(expr.parameter),
          expr: this.expression(expr.expr),
        };
      case 'binary':
        return { ...expr, left: this.expression(expr.left), right: this.expression(expr.right) };
      case 'unary':
      case 'paren':
      case 'subquery':
        return { ...expr, expr: this.expression(expr.expr) };
    }
  }

  call(expr: Call): Expr {
    const place = expr.args.findIndex((each) => this.former(each) !== undefined);
    const now = expr.args[place];
    const former = now && this.former(now);
    const others = {
      ...expr,
      args: expr.args.map((each, index) => (index === place ? each : this.expression(each))),
    };
    if (now === undefined || former === undefined) return others;
    const old: Call = {
      ...others,
      args: others.args.map((each, index) => (index === place ? former : each)),
    };
    // Nothing under the one name and nothing under the other: both results carry the labels that the matchers ask for.
    if (expr.func === 'absent' || expr.func === 'absent_over_time') return binary('and', others, old);
    const plain = bare(now);
    if (plain.kind === 'selector' && plain.range !== undefined) return fuller(others, plain, old, former);
    // The time of a sample is known of a selector only.
    if (expr.func === 'timestamp') return binary('or', others, old);
    return {
      ...others,
      args: others.args.map((each, index) => (index === place ? this.expression(each) : each)),
    };
  }
}

/**
 * Of each series, what the function makes of the name under which it has more samples in the window. While both are exposed they hold
 * the same; an instance that only knows the old one, or only the new one, is read by what it has; and where an instance went from one to
 * the other, the name that covers more of the window counts. No series is ever counted twice: what is on the left of `or` keeps out
 * what has its labels on the right.
 */
function fuller(now: Call, nowSelector: VectorSelector, old: Call, oldSelector: VectorSelector): Expr {
  const count = (of: VectorSelector): Expr => call('count_over_time', of);
  const covers = binary('>=', count(nowSelector), count(oldSelector));
  return binary('or', binary('or', binary('and', now, covers), old), now);
}

/**
 * An expression that also reads renamed metrics under the names that they had before: what is asked of a metric has one answer before,
 * while and after it is renamed.
 */
export function bridged(model: Pick<Model, 'metrics'>, expr: Expr): Expr {
  const names = allFormerNames(model);
  return names.size === 0 ? expr : new Bridge(names).expression(expr);
}
