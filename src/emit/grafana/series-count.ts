import { labelSize } from '../../model/series.js';
import { mostLines, type PanelQuery } from './queries.js';

/** What is expected where nothing says how many values a label has. */
const unknown = 10;

/** A service that anybody watches has more than one instance. */
const fewInstances = 2;

function seriesOf({ by, legend, expr }: PanelQuery): number {
  if (by === undefined) return legend.includes('{{') || legend === '__auto' ? unknown : 1;
  const instances = legend.includes('{{instance}}') ? fewInstances : 1;
  const size = by.reduce((product, label) => product * labelSize(label), instances);
  return expr.kind === 'aggregation' && expr.op === 'topk' ? Math.min(size, mostLines) : size;
}

/** How many lines are to be expected; labels that the spec does not bound by values count with their caps. */
export function expectedSeries(queries: readonly PanelQuery[]): number {
  return queries.reduce((sum, query) => sum + seriesOf(query), 0);
}
