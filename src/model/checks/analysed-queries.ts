import type { Purpose } from '../../promql/analysis/scope.js';
import type { Expr } from '../../promql/ast.js';
import type { Alert, Model, Query, Sli } from '../model.js';
import { queriesOfAlert, queriesOfPanel, queriesOfSli } from '../resolve/readers.js';

/** A query without a fault in its syntax, and what it is for. */
export interface AnalysedQuery {
  readonly query: Query;
  readonly expr: Expr;
  readonly purpose: Purpose;
}

function purposeOfSli({ form }: Sli): Purpose {
  if (form === 'timeSlice') return 'slice';
  return form === 'query' ? 'share' : 'selector';
}

function purposeOfAlert({ condition: { form } }: Alert): Purpose {
  return form === 'expr' ? 'alert' : form === 'anomaly' ? 'anomaly' : 'selector';
}

/** Every query of a spec that can be analysed, each once, with what it is for. */
export function analysedQueries(model: Model): readonly AnalysedQuery[] {
  const found: AnalysedQuery[] = [];
  const add = (queries: readonly (Query | undefined)[], purpose: Purpose): void => {
    for (const query of queries) {
      if (query?.expr !== undefined) found.push({ query, expr: query.expr, purpose });
    }
  };
  for (const sli of model.slis.values()) {
    add(queriesOfSli(sli), purposeOfSli(sli));
    if (sli.form === 'latency' || sli.form === 'nativeLatency') add([sli.matchers], 'selector');
  }
  for (const alert of model.alerts.values()) add(queriesOfAlert(alert), purposeOfAlert(alert));
  for (const dashboard of model.dashboards.values()) {
    for (const panel of dashboard.rows.flatMap((row) => row.panels))
      add(queriesOfPanel(panel.source), 'panel');
  }
  return found;
}
