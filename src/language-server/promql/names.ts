import type { Range } from '../../diagnostics/diagnostic.js';
import type { Text } from '../../diagnostics/text.js';
import type { Expr, Position } from '../../promql/ast.js';
import { rangeIn } from '../../promql/query.js';
import { selectors, walk } from '../../promql/walk.js';

/** A name that a query reads, and where it stands in the file. */
export type QueryName =
  | { readonly kind: 'metric'; readonly name: string; readonly range: Range }
  | {
      readonly kind: 'label';
      readonly name: string;
      readonly range: Range;
      /** The series that the label is about; empty where a selector has no name. */
      readonly metrics: readonly string[];
    };

/** The metrics and labels of a query. A query whose text is not written out where it stands has none. */
export function namesInQuery(text: Text, expr: Expr): readonly QueryName[] {
  const found: QueryName[] = [];
  const isWrittenOut = (name: string, range: Range): boolean =>
    range.source.text.slice(range.start, range.end) === name;
  const add = (name: string, at: Position | undefined, metrics?: readonly string[]): void => {
    if (at === undefined) return;
    const range = rangeIn(text, at);
    if (!isWrittenOut(name, range)) return;
    found.push(
      metrics === undefined ? { kind: 'metric', name, range } : { kind: 'label', name, range, metrics },
    );
  };
  walk(expr, (each) => {
    if (each.kind === 'selector') {
      const named = each.matchers.find(({ label, operator }) => label === '__name__' && operator === '=');
      const metric = each.metric ?? named?.value;
      if (each.metric !== undefined) add(each.metric, each.metricAt);
      else if (named?.valueAt !== undefined) {
        const { from, to } = named.valueAt;
        add(named.value, { from: from + 1, to: to - 1 });
      }
      for (const { label, labelAt } of each.matchers)
        if (label !== '__name__') add(label, labelAt, metric === undefined ? [] : [metric]);
    }
    if (each.kind === 'aggregation') {
      const { labels = [], labelsAt = [] } = each.grouping ?? {};
      labels.forEach((label, index) => {
        add(label, labelsAt[index], seriesIn(each.expr));
      });
    }
    if (each.kind === 'binary' && each.matching !== undefined) {
      const { labels, labelsAt = [], group } = each.matching;
      const metrics = [...seriesIn(each.left), ...seriesIn(each.right)];
      labels.forEach((label, index) => {
        add(label, labelsAt[index], metrics);
      });
      group?.include.forEach((label, index) => {
        add(label, group.includeAt?.[index], metrics);
      });
    }
  });
  return found;
}

/** The series that an expression reads. */
function seriesIn(expr: Expr): readonly string[] {
  return selectors(expr).flatMap(({ metric }) => metric ?? []);
}
