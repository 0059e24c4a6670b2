import type { Expr } from '../ast.js';
import { pickedSeries } from './checks/picked-series.js';
import type { Environment } from './environment.js';
import type { Finding } from './finding.js';
import type { Purpose, Scope } from './scope.js';
import { settled } from './scope.js';
import { aggregation } from './transfer/aggregation.js';
import { binary } from './transfer/binary.js';
import { call } from './transfer/call.js';
import { selector } from './transfer/selector.js';
import { subquery } from './transfer/subquery.js';
import { scalarValue, type Value } from './value.js';

export interface Analysis {
  readonly value: Value;
  /** In the order in which they were found: what is inside comes first. */
  readonly findings: readonly Finding[];
}

function negative(value: Value): Value {
  const range = { low: -value.range.high, high: -value.range.low };
  const constant = value.constant === undefined ? undefined : -value.constant;
  return { ...value, range, constant, nature: value.nature === 'counter' ? 'unknown' : value.nature };
}

class Analyser implements Scope {
  readonly findings: Finding[] = [];
  readonly environment: Environment;
  readonly purpose: Purpose;

  constructor(environment: Environment, purpose: Purpose) {
    this.environment = environment;
    this.purpose = purpose;
  }

  report(finding: Finding | undefined): void {
    if (finding !== undefined) this.findings.push(finding);
  }

  value(expr: Expr): Value {
    switch (expr.kind) {
      case 'number':
        return scalarValue(expr.value);
      case 'string':
        return { ...scalarValue(NaN), kind: 'string' };
      case 'selector':
        return selector(this, expr);
      case 'call':
        return call(this, expr);
      case 'aggregation':
        return aggregation(this, expr);
      case 'binary':
        return binary(this, expr);
      case 'paren':
        return this.value(expr.expr);
      case 'unary':
        return expr.op === '-' ? negative(this.value(expr.expr)) : this.value(expr.expr);
      case 'subquery':
        return subquery(this, expr);
    }
  }
}

/**
 * What is known of the value of an expression, and what in it cannot be meant. A fault is found once: of what follows from it nothing
 * is known, so that nothing is said about it.
 */
export function analyse(expr: Expr, environment: Environment, purpose: Purpose = 'rule'): Analysis {
  const analyser = new Analyser(environment, purpose);
  const found = analyser.value(expr);
  const value = purpose === 'selector' ? found : settled(analyser, found);
  // A quotient without a value leaves a time slice out; of a quantile nothing could say so.
  if (purpose === 'anomaly' || (purpose === 'slice' && value.nan?.replacement !== undefined))
    analyser.report(value.nan);
  if (purpose === 'alert') analyser.report(value.asAlert ?? pickedSeries(expr));
  return { value, findings: analyser.findings };
}
